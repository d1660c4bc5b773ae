"""The pages of files; their slow work is done before a view begins."""

from __future__ import annotations

from flask import Blueprint

from taole.attachments.preparing import forget_files, prepare_files

blueprint = Blueprint("attachments", __name__)
blueprint.before_app_request(prepare_files)
blueprint.teardown_app_request(forget_files)
