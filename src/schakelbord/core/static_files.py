"""Static files: served from the same process, and in production named after their content."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(WhiteNoiseMiddleware):
    """Answers with the whole file at once: ours are small, and an ASGI server cannot stream from a plain file."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The file as a response, with the headers of WhiteNoise."""
        found = static_file.get_response(request.method, request.META)
        content = found.file.read() if found.file else b""
        if found.file:
            found.file.close()
        response = HttpResponse(content, status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response


class NamedByContent(CompressedManifestStaticFilesStorage):
    """A file's name holds a hash of its content, in imports between modules too, so that it may be kept for ever."""

    support_js_module_import_aggregation: ClassVar[Any] = True
