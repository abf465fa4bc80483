-- What is due is counted and read from the index alone: an answer moves its card there anyway.
DROP INDEX card_due;
CREATE INDEX card_due ON card (due_day, kind, due_at, phase, sure_wrong, stability, last_day)
    WHERE phase <> 'new';
