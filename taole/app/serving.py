"""``taole serve``: pages and timetable in one process, for one machine."""

from __future__ import annotations

import click
import waitress
from flask import Flask

from taole.core.database import db
from taole.schedule.commands import end_on_term, start_in_background
from taole.settings import Settings


@click.command("serve")
@click.option("--host", help="address to listen on (default 127.0.0.1, or TAOLE_HOST)")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="port to listen on (default 8000, or TAOLE_PORT)",
)
@click.pass_context
def serve(context: click.Context, host: str | None, port: int | None) -> None:
    """Serve the pages and keep the timetable, until stopped."""
    app: Flask = context.find_root().obj(may_upgrade=True)
    serve_app(app, host, port)


def serve_app(app: Flask, host: str | None = None, port: int | None = None) -> None:
    settings: Settings = app.config["SETTINGS"]
    host, port = host or settings.host, port or settings.port
    with app.app_context():
        # kept open: on a full disk an embedded database stays readable while it is never closed
        keeper = db.engine.connect()
    try:
        server = waitress.create_server(
            app, host=host, port=port, threads=8, connection_limit=1000, ident=None
        )
    except (OSError, ValueError) as taken:
        said = taken.strerror if isinstance(taken, OSError) else "没有这个地址"
        raise click.ClickException(f"不能在 {host}:{port} 启动：{said}") from taken
    end_on_term()
    scheduler = start_in_background(app)
    click.echo(f"taole: http://{host}:{port}")
    try:
        server.run()
    finally:
        server.close()
        scheduler.shutdown(wait=False)
        keeper.close()
