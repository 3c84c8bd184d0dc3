"""Help beside the screen: the page of the guide, and the keys."""
