"""The Japanese plugin of langret."""
