from tests.documents.fuzz import run


def test_documents_changed_at_random_are_read_or_refused():
    assert run(60, seed=7) == []
