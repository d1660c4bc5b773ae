"""The web application for a WSGI server: ``gunicorn --no-control-socket wsgi:app``."""

from taole.app.factory import create_app

app = create_app()
