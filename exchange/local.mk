libetabli_a_SOURCES += \
	exchange/plan/bound.c exchange/plan/bound.h \
	exchange/plan/bound_place.c exchange/plan/bound_trainer.c \
	exchange/plan/bound_make.c exchange/plan/bound_inside.h \
	exchange/plan/offer.c exchange/plan/state_inside.h \
	exchange/plan/plan.c exchange/plan/plan.h \
	exchange/plan/problem.c exchange/plan/problem.h \
	exchange/plan/reason.c exchange/plan/reason.h \
	exchange/plan/search.c exchange/plan/search.h \
	exchange/plan/settle.c exchange/plan/settle.h \
	exchange/plan/solve.c exchange/plan/solve.h \
	exchange/plan/state.c exchange/plan/state.h \
	exchange/plan/topics.c exchange/plan/topics.h \
	exchange/plan/rows.c exchange/plan/rows.h \
	exchange/plan/pool.c exchange/plan/pool.h \
	exchange/plan/lp.c exchange/plan/lp.h \
	exchange/plan/dive.c exchange/plan/dive.h \
	exchange/plan/memory.h exchange/plan/part.c exchange/plan/part.h \
	exchange/plan/improve.c exchange/plan/improve.h \
	exchange/plan/merge.c exchange/plan/merge.h \
	exchange/plan/child.c exchange/plan/child.h \
	exchange/plan/exact.c exchange/plan/exact.h \
	exchange/plan/bound_list.c exchange/plan/bound_cuts.c \
	exchange/plan/cuts.c exchange/plan/cuts.h \
	exchange/plan/check.c \
	exchange/action/learn.c exchange/action/learn.h \
	exchange/action/learn_files.c exchange/action/learn_files.h exchange/action/learn_lexicon.c \
	exchange/action/digest.c exchange/action/digest.h \
	exchange/action/retention.c \
	exchange/action/erase.c exchange/action/erase.h \
	exchange/action/erase_log.c exchange/action/erase_log.h \
	exchange/action/personal.c exchange/action/personal.def exchange/action/personal.h \
	exchange/model/basket.h \
	exchange/action/mail_choice.c exchange/action/mail_choice.h \
	exchange/action/card_suggest.c exchange/action/card_suggest.h exchange/action/narrow.c exchange/action/narrow.h \
	exchange/action/saved_search.c exchange/action/saved_search.h \
	exchange/model/need.h \
	exchange/model/person.h \
	exchange/model/session.h \
	exchange/model/skill.h \
	exchange/model/structure.h \
	exchange/model/words.c \
	exchange/model/deed.c exchange/model/deed.def exchange/model/deed.h \
	exchange/model/policy.c exchange/model/policy.def exchange/model/policy.h \
	exchange/action/confirm.c exchange/action/confirm.h \
	exchange/model/week.c exchange/model/week.h \
	exchange/action/card.c exchange/action/card.h exchange/action/card_fill.c \
	exchange/action/card_confirm.c \
	exchange/action/card_see.c exchange/action/card_see.h \
	exchange/action/card_invite.c exchange/action/card_invite.h \
	exchange/action/actor.c exchange/action/actor.h \
	exchange/action/role_grant.c exchange/action/role_grant.h \
	exchange/action/person_add.c exchange/action/person_add.h \
	exchange/action/jobs.c exchange/action/jobs.def exchange/action/jobs.h \
	exchange/action/desk.c exchange/action/desk.h exchange/action/desk_alert.c \
	exchange/action/act_for.c exchange/action/act_for.h exchange/action/act_session.c \
	exchange/action/fair.c exchange/action/fair.h \
	exchange/action/need_alike.c exchange/action/need_alike.h \
	exchange/action/need_qualify.c exchange/action/need_qualify.h \
	exchange/action/link.c exchange/action/link.h \
	exchange/action/mail.c exchange/action/mail.h \
	exchange/action/config_apply.c exchange/action/config_apply.h \
	exchange/action/columns.def \
	exchange/action/ctx.h \
	exchange/action/export.c exchange/action/export.h \
	exchange/action/export_exchange.c \
	exchange/action/export_sheet.c exchange/action/export_sheet.h \
	exchange/action/import.c exchange/action/import.h \
	exchange/action/import_cells.c \
	exchange/action/import_exchange.c exchange/action/import_exchange.h \
	exchange/action/import_kinds.h \
	exchange/action/import_names.c \
	exchange/action/import_needs.c \
	exchange/action/import_people.c \
	exchange/action/import_places.c \
	exchange/action/import_rome.c \
	exchange/action/import_sessions.c \
	exchange/action/import_skills.c exchange/action/import_skills.h \
	exchange/action/import_table.c exchange/action/import_table.h \
	exchange/action/index_document.c exchange/action/index_document.h \
	exchange/action/index_fill.c exchange/action/index_fill.h \
	exchange/action/index_sync.c exchange/action/index_sync.h \
	exchange/action/index_worker.c \
	exchange/action/same.c exchange/action/same.h \
	exchange/action/names.c exchange/action/names.h \
	exchange/action/need_post.c exchange/action/need_post.h \
	exchange/action/sign_in.c exchange/action/sign_in.h
libetabli_a_SOURCES += exchange/model/introduction.c exchange/model/introduction.h
libetabli_a_SOURCES += exchange/action/introduction.c exchange/action/introduction.h
libetabli_a_SOURCES += exchange/action/introduction_mail.c exchange/action/introduction_mail.h
libetabli_a_SOURCES += exchange/action/introduction_write.c
libetabli_a_SOURCES += exchange/action/reach.c exchange/action/reach.h
libetabli_a_SOURCES += exchange/action/wave.c exchange/action/wave.h
libetabli_a_SOURCES += exchange/model/ical.c exchange/model/ical.h
libetabli_a_SOURCES += exchange/action/need_follow.c exchange/action/need_follow.h
libetabli_a_SOURCES += exchange/action/need_jobs.c
libetabli_a_SOURCES += exchange/action/need_mail.c exchange/action/need_mail.h
libetabli_a_SOURCES += exchange/action/need_step.c exchange/action/need_step.h
libetabli_a_SOURCES += exchange/action/need_support.c
libetabli_a_SOURCES += exchange/model/seats.c exchange/model/seats.h
libetabli_a_SOURCES += exchange/model/room.c exchange/model/room.h
libetabli_a_SOURCES += exchange/action/session_mail.c exchange/action/session_mail.h
libetabli_a_SOURCES += exchange/action/session_register.c exchange/action/session_register.h
libetabli_a_SOURCES += exchange/action/session_view.c exchange/action/session_view.h
libetabli_a_SOURCES += exchange/action/session_jobs.c
libetabli_a_SOURCES += exchange/action/need_parts.c exchange/action/need_parts.h
libetabli_a_SOURCES += exchange/model/when.c exchange/model/when.h
libetabli_a_SOURCES += exchange/action/session_form.c exchange/action/session_form.h
libetabli_a_SOURCES += exchange/action/session_propose.c exchange/action/session_propose.h
libetabli_a_SOURCES += exchange/action/room_edit.c exchange/action/room_edit.h
libetabli_a_SOURCES += exchange/action/session_decide.c exchange/action/session_decide.h
libetabli_a_SOURCES += exchange/action/session_feedback.c exchange/action/session_feedback.h
libetabli_a_SOURCES += exchange/action/card_ask.c exchange/action/card_ask.h
libetabli_a_SOURCES += exchange/model/dates.c exchange/model/dates.h
libetabli_a_SOURCES += exchange/action/session_date.c exchange/action/session_date.h
libetabli_a_SOURCES += exchange/action/digest_answer.c exchange/action/introduction_offer.h
libetabli_a_SOURCES += exchange/model/gap.c exchange/model/gap.h
libetabli_a_SOURCES += exchange/action/gap_report.c exchange/action/gap_report.h
libetabli_a_SOURCES += exchange/action/gap_supply.c exchange/action/gap_supply.h
libetabli_a_SOURCES += exchange/model/gap_count.c exchange/model/gap_count.h
libetabli_a_SOURCES += exchange/action/gap_count.c exchange/action/gap_count.h
libetabli_a_SOURCES += exchange/action/gap_stale.c exchange/action/gap_stale.h
libetabli_a_SOURCES += exchange/action/gap_view.c exchange/action/gap_view.h
libetabli_a_SOURCES += exchange/action/search_missed.c exchange/action/search_missed.h
libetabli_a_SOURCES += exchange/action/miss_box.c exchange/action/miss_box.h exchange/action/miss_note.c
libetabli_a_SOURCES += exchange/model/gap_trend.c exchange/model/gap_trend.h
libetabli_a_SOURCES += exchange/action/gap_total.c exchange/action/gap_total.h
libetabli_a_SOURCES += exchange/action/subject.c exchange/action/subject.h
libetabli_a_SOURCES += exchange/action/report.c exchange/action/report.h
libetabli_a_SOURCES += exchange/model/report.c exchange/model/report.h
libetabli_a_SOURCES += exchange/action/word_bag.c exchange/action/word_bag.h
libetabli_a_SOURCES += exchange/action/word_group.c exchange/action/word_group.h
libetabli_a_SOURCES += exchange/action/word_group_job.c exchange/action/word_group_name.c
libetabli_a_SOURCES += exchange/model/funding.c exchange/model/funding.h
libetabli_a_SOURCES += exchange/action/funding.c exchange/action/funding.h
libetabli_a_SOURCES += exchange/action/gap_keep.c
libetabli_a_SOURCES += exchange/action/need_return.c exchange/action/need_return.h
libetabli_a_SOURCES += exchange/action/session_askers.c exchange/action/session_askers.h
libetabli_a_SOURCES += exchange/action/session_merge.c exchange/action/session_merge.h
libetabli_a_SOURCES += exchange/action/session_trainers.c exchange/action/session_trainers.h
libetabli_a_SOURCES += exchange/action/session_change.c exchange/action/session_change.h
libetabli_a_SOURCES += exchange/action/session_room.c exchange/action/session_room.h
libetabli_a_SOURCES += exchange/action/session_was.c exchange/action/session_was.h
libetabli_a_SOURCES += exchange/action/session_hand.c exchange/action/session_hand.h
libetabli_a_SOURCES += exchange/model/holiday.c exchange/model/holiday.h
libetabli_a_SOURCES += exchange/action/plan_pole.c exchange/action/plan_pole.h
libetabli_a_SOURCES += exchange/action/plan_problem.c exchange/action/plan_problem.h
libetabli_a_SOURCES += exchange/action/plan_dates.c exchange/action/plan_needs.c
libetabli_a_SOURCES += exchange/action/plan_people.c exchange/action/plan_second.c
libetabli_a_SOURCES += exchange/action/plan_keep.c exchange/action/plan_keep.h exchange/action/plan_look.c
libetabli_a_SOURCES += exchange/action/plan_propose.c exchange/action/plan_propose.h
libetabli_a_SOURCES += exchange/action/plan_refuse.c exchange/action/plan_refuse.h
libetabli_a_SOURCES += exchange/action/ids.c exchange/action/ids.h
