"""Workbooks as people save them: looked through before anything opens them."""
