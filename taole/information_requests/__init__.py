"""依申请公开: requests for information, their clocks and decisions."""
