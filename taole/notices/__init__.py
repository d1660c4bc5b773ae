"""A notice answers an obligation and is posted on channels: matters, notices, postings."""
