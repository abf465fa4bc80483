-- An answer waits for every page it changes: an index holds only the rows that are looked for through it.
DROP INDEX event_kind;
CREATE INDEX event_answers ON event (day) WHERE kind = 'answer';
CREATE INDEX event_rare ON event (kind) WHERE kind NOT IN ('answer', 'response');
-- A response tells of its attempt alone.
DROP INDEX event_card;
CREATE INDEX event_card ON event (card, at) WHERE kind <> 'response' AND card IS NOT NULL;
-- The events of a question carry its id as their card too, and are found by that.
DROP INDEX event_item;
CREATE INDEX event_item ON event (item, at) WHERE kind <> 'response' AND item IS NOT NULL AND item IS NOT card;
-- The card of a question has the id of its item.
DROP INDEX card_item;
CREATE INDEX card_item ON card (item) WHERE kind <> 'question';
DROP INDEX card_kind;
CREATE INDEX card_kind ON card (kind) WHERE kind <> 'question';
DROP INDEX card_phase;
CREATE INDEX card_new ON card (entered_at) WHERE phase = 'new';
DROP INDEX card_first;
CREATE INDEX card_first ON card (first_day) WHERE kind NOT IN ('question', 'sort');
