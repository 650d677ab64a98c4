"""SimCord's page with a script and a style sheet more: commands are typed as on Discord, and a phone has room."""

from pathlib import Path
from typing import Any

from aiohttp import web
from simcord.preview._server import PreviewServer

_ADDED = {"/typing.js": "text/javascript", "/page.css": "text/css"}
_REPLACED = {
    "<title>SimCord Preview</title>": "<title>Sitrep preview</title>",
    "</head>": '<link rel="stylesheet" href="/page.css">\n  </head>',
    "</body>": '<script type="module" src="/typing.js"></script>\n  </body>',
}


class SitrepPage(PreviewServer):
    """Serves SimCord's page; `typing.js` and `page.css` say what they add and why.

    Both come from the page's own origin, so that SimCord's content security policy stays as strict as it is.
    """

    _STATIC_FILES = PreviewServer._STATIC_FILES | {path: path.removeprefix("/") for path in _ADDED}

    async def _static(self, request: Any) -> Any:
        if request.path in _ADDED:
            if request.headers.get("Host", "") not in self._allowed_hosts():
                raise web.HTTPForbidden
            text = Path(__file__).with_name(self._STATIC_FILES[request.path]).read_text(encoding="utf-8")
            return web.Response(text=text, content_type=_ADDED[request.path], headers=self._SECURITY_HEADERS)
        response = await super()._static(request)
        if request.path == "/":
            for old, new in _REPLACED.items():
                response.text = response.text.replace(old, new)
        return response
