"""The fortnightly collection (每两周征集): asked, answered, reminded, closed with its minutes."""
