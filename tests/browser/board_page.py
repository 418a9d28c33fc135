"""Where things are on the board, for whoever tests it."""


def card(page, child):
    return page.locator(f".cb-card:has(.cb-ids:has-text('{child}'))").first


def column(page, name):
    return page.locator(".cb-worker", has=page.get_by_role("heading", name=name))


def said(page):
    return page.locator(".cb-board > .cb-unseen").inner_text()


def offer(page, name):
    return (
        page.locator(".cb-offers button").filter(has=page.locator(".cb-who", has_text=name)).first
    )


def move(page, child, name):
    card(page, child).click()
    offer(page, name).click()


def saved(page, folder):
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the decisions").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file
