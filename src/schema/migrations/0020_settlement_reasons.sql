-- Every reason that a grade can have: halves, pushes and what became of an event, beside won, lost and void. Wider than before, so that
-- the release before goes on writing what it knows.
alter table settlements drop constraint settlements_reason_check;
alter table settlements add constraint settlements_reason_check check (reason in (
  'won', 'lost', 'half_won', 'half_lost', 'push', 'dead_heat', 'result_void', 'cancelled', 'postponed', 'abandoned',
  'walkover', 'retired', 'disqualified', 'not_enough_play', 'pitcher_changed', 'did_not_take_part'));
