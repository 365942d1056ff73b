from tests.conftest import Browser


def test_the_process_answers(browser: Browser) -> None:
    assert browser.get("/healthz") == "ok\n"


def test_readiness_names_what_is_missing(browser: Browser) -> None:
    page = browser.client.get("/readyz")
    assert (page.status_code, page.json) == (
        503,
        {
            "ready": False,
            "problems": ["The broker does not answer; mail waits in the outbox until it does"],
        },
    )
