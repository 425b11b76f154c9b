-- Whether the title was taken from what somebody wrote, which viewers do not see. NULL: stored before it was noted.
ALTER TABLE event ADD COLUMN title_is_preview INTEGER;

-- Dead letters and discarded deliveries in the order of the list, whatever their endpoint: few, and written once each.
CREATE INDEX delivery_given_up ON delivery (state, delivery_id) WHERE state > 2;
