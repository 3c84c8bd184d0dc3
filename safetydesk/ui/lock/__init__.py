"""The lock screen: painted before anything that costs time is loaded."""
