"""The clock: the timetable, one leader, and what ran."""
