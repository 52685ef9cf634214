"""The same answer from a threaded WSGI server: the kind of stack the first system ran on."""

import json
import os

with open(os.environ["THEME_FILE"], encoding="utf-8") as file:
    theme = json.load(file)

BODY = theme["body"].encode("utf-8")
HEADERS = [*theme["headers"].items(), ("content-length", str(len(BODY)))]
THEMES = {theme["tenant"]: (BODY, HEADERS)}
SUFFIX = "/api/public/load-theme"


def app(environ, start_response):
    path = environ["PATH_INFO"]
    held = THEMES.get(path[1 : -len(SUFFIX)]) if path.endswith(SUFFIX) else None
    if held is None:
        start_response("404 Not Found", [("content-length", "0")])
        return []
    body, headers = held
    start_response("200 OK", headers)
    return [body]
