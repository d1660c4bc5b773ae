"""The pages: the list, one notice, the queue, writing, posting."""

from __future__ import annotations

from taole.notices import notice_views, posting_views, writing_views
from taole.notices.blueprint import blueprint

__all__ = ["blueprint", "notice_views", "posting_views", "writing_views"]
