"""Bounded waiting for something that comes true by itself."""
import time


def until(what, condition, seconds=20, pause=0.025):
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(pause)
