"""The pages: the inbox, short links, a township's reminders."""

from __future__ import annotations

from taole.notifications import inbox_views, models, reminder_views, route_views
from taole.notifications.blueprint import blueprint

__all__ = ["blueprint", "inbox_views", "models", "reminder_views", "route_views"]
