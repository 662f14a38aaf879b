"""The tests that open the view in a browser."""
