"""Timing: every answer says how long it took here, how busy it kept a processor, and how many queries it took."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "Server-Timing"


class Timing:
    """Adds the header that browsers and `benchmarks/pages.py` read. Times only: nothing of what was asked for."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say how long it took."""
        count, spent, begin, busy = 0, 0.0, time.perf_counter(), time.thread_time()

        def counted(execute: Callable[..., Any], *asked: Any) -> Any:
            nonlocal count, spent
            before = time.perf_counter()
            try:
                return execute(*asked)
            finally:
                count, spent = count + 1, spent + time.perf_counter() - before

        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(counted))
            answer = self.answer(request)
        whole = (time.perf_counter() - begin) * 1000
        busy = (time.thread_time() - busy) * 1000
        answer[HEADER] = f'app;dur={whole:.1f}, cpu;dur={busy:.1f}, db;dur={spent * 1000:.1f};desc="{count}"'
        return answer
