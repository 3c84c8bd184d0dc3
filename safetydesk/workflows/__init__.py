"""What an officer or the office does, one verb at a time; each takes a session and plain values."""
