"""Check sheets (检查表) loaded, filled in beforehand, taken along on visits."""
