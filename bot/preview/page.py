"""SimCord's page with something added: commands are typed and answers followed as on Discord, and a phone has room."""

from pathlib import Path
from typing import Any

from aiohttp import web
from simcord.preview._server import PreviewServer

_SCRIPTS = ("/typing.js", "/following.js")
_ADDED = {"/page.css": "text/css"} | dict.fromkeys(_SCRIPTS, "text/javascript")
_REPLACED = {
    "<title>SimCord Preview</title>": "<title>Sitrep preview</title>",
    "</head>": '<link rel="stylesheet" href="/page.css">\n  </head>',
    "</body>": "\n    ".join(f'<script type="module" src="{path}"></script>' for path in _SCRIPTS) + "\n  </body>",
}


class SitrepPage(PreviewServer):
    """Serves SimCord's page; each file added says what it is for.

    They come from the page's own origin, so that SimCord's content security policy stays as strict as it is.
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
