-- Whether the title was taken from a message text, which viewers do not see. NULL: stored before it was recorded.
ALTER TABLE event ADD COLUMN title_is_preview INTEGER;

-- Dead letters and discarded deliveries in list order, whatever their endpoint: few, and written once each.
CREATE INDEX delivery_given_up ON delivery (state, delivery_id) WHERE state > 2;
