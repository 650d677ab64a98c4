"""SimCord's page with one script more: commands are typed as on Discord."""

from pathlib import Path
from typing import Any

from aiohttp import web
from simcord.preview._server import PreviewServer

_SCRIPT = "/typing.js"
_TITLE = ("<title>SimCord Preview</title>", "<title>Sitrep preview</title>")
_TAIL = ("</body>", f'<script type="module" src="{_SCRIPT}"></script>\n  </body>')


class SitrepPage(PreviewServer):
    """Serves SimCord's page; `typing.js` says what it adds and why.

    The script comes from the page's own origin, so that SimCord's content security policy stays as strict as it is.
    """

    _STATIC_FILES = PreviewServer._STATIC_FILES | {_SCRIPT: "typing.js"}

    async def _static(self, request: Any) -> Any:
        if request.path == _SCRIPT:
            if request.headers.get("Host", "") not in self._allowed_hosts():
                raise web.HTTPForbidden
            text = Path(__file__).with_name("typing.js").read_text(encoding="utf-8")
            return web.Response(text=text, content_type="text/javascript", headers=self._SECURITY_HEADERS)
        response = await super()._static(request)
        if request.path == "/":
            for old, new in (_TITLE, _TAIL):
                response.text = response.text.replace(old, new)
        return response
