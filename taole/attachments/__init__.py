"""Files beside the records: kept by their digest, given out only to those who may see."""
