"""What a paper may load while it is typeset: nothing but data: and the static files of papers.

Without it a text that smuggled in an address could make the worker read its disk or its network (SSRF).
"""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import FatalURLFetchingError, URLFetcher


class OwnFilesOnly(URLFetcher):
    """Must be a subclass of URLFetcher: WeasyPrint 70 fails on a plain function that raises."""

    def __init__(self, folder: Path):
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self.folder = folder.resolve()

    def fetch(self, url, headers=None):
        """Raises FatalURLFetchingError, which stops the typesetting, for every other address."""
        parts = urlsplit(url)
        if parts.scheme != "data" and not self._owns(parts):
            raise FatalURLFetchingError(f"a paper may not load {url}")
        return super().fetch(url, headers)

    def _owns(self, parts):
        path = Path(url2pathname(parts.path)).resolve()
        return parts.scheme == "file" and not parts.netloc and path.is_relative_to(self.folder)
