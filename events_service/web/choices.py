"""What a reader chose for every page, kept by their own browser."""

from datetime import timedelta

from werkzeug.wrappers import Response

from events_service.web.context import settings

A_YEAR = timedelta(days=365)


def keep_choice(answer: Response, cookie: str, value: str) -> Response:
    """An empty value is forgotten."""
    secure = settings().secure_cookies
    if value:
        answer.set_cookie(
            cookie, value, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax"
        )
    else:
        answer.delete_cookie(cookie, secure=secure, httponly=True, samesite="Lax")
    return answer
