"""What is shown where nothing was set up yet."""
