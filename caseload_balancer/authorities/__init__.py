"""Every authority of a region or a country, planned side by side: a task each.

A task is sent by path, not by value, and its result is a folder that is whole or not there; so
whatever happens to a worker, a machine or the one who asked, what is finished stays, and asking
again goes on from there.
"""
