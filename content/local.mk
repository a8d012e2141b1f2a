# Wording, look and starting data, installed below $(pkgdatadir)/content.
contentdir = $(pkgdatadir)/content
templatesdir = $(contentdir)/templates
dist_templates_DATA = \
	content/templates/act_for.html \
	content/templates/administration.html \
	content/templates/ask.html \
	content/templates/ask_row.html \
	content/templates/bottom.html \
	content/templates/card_edit.html \
	content/templates/card_link.html \
	content/templates/card_preview.html \
	content/templates/confirm.html \
	content/templates/confirm_sent.html \
	content/templates/contact.html \
	content/templates/contact_ask.html \
	content/templates/cotrainer.html \
	content/templates/date_fields.html \
	content/templates/desk.html \
	content/templates/desk_figures.html \
	content/templates/desk_gaps.html \
	content/templates/desk_head.html \
	content/templates/desk_notes.html \
	content/templates/desk_plan.html \
	content/templates/desk_poster.html \
	content/templates/desk_report.html \
	content/templates/desk_row.html \
	content/templates/digest.html \
	content/templates/erase_me.html \
	content/templates/error.html \
	content/templates/face.html \
	content/templates/fair.html \
	content/templates/feedback.html \
	content/templates/first_admin.html \
	content/templates/follow.html \
	content/templates/fresh.html \
	content/templates/funding.html \
	content/templates/fundings.html \
	content/templates/gap_body.html \
	content/templates/gap_cells.html \
	content/templates/gap_columns.html \
	content/templates/gap_map.html \
	content/templates/gap_risk.html \
	content/templates/gap_row.html \
	content/templates/gap_trend.html \
	content/templates/gaps.html \
	content/templates/head.html \
	content/templates/help.html \
	content/templates/home.html \
	content/templates/journal.html \
	content/templates/leaf.html \
	content/templates/leaves.html \
	content/templates/mails.html \
	content/templates/marked_title.html \
	content/templates/me.html \
	content/templates/me_card.html \
	content/templates/me_exchange.html \
	content/templates/me_privacy.html \
	content/templates/me_roles.html \
	content/templates/me_session.html \
	content/templates/me_sessions.html \
	content/templates/mistakes.html \
	content/templates/my_data.html \
	content/templates/need.html \
	content/templates/narrow.html \
	content/templates/need_card.html \
	content/templates/need_fields.html \
	content/templates/need_followed.html \
	content/templates/need_hit.html \
	content/templates/need_new.html \
	content/templates/need_qualify.html \
	content/templates/need_support.html \
	content/templates/needs.html \
	content/templates/pages.html \
	content/templates/people.html \
	content/templates/person.html \
	content/templates/person_card.html \
	content/templates/person_hit.html \
	content/templates/person_meta.html \
	content/templates/piece.html \
	content/templates/place.html \
	content/templates/plan_calendar.html \
	content/templates/pole.html \
	content/templates/poles.html \
	content/templates/report.html \
	content/templates/report_row.html \
	content/templates/report_table.html \
	content/templates/results.html \
	content/templates/rooms.html \
	content/templates/saved_searches.html \
	content/templates/seats.html \
	content/templates/session.html \
	content/templates/session_about.html \
	content/templates/session_card.html \
	content/templates/session_change.html \
	content/templates/session_comer.html \
	content/templates/session_dates.html \
	content/templates/session_decision.html \
	content/templates/session_facts.html \
	content/templates/session_hit.html \
	content/templates/session_kind.html \
	content/templates/session_many.html \
	content/templates/session_new.html \
	content/templates/session_place.html \
	content/templates/session_register.html \
	content/templates/session_run.html \
	content/templates/session_sheet.html \
	content/templates/session_skill.html \
	content/templates/session_state.html \
	content/templates/session_title.html \
	content/templates/session_when_fields.html \
	content/templates/session_where.html \
	content/templates/sessions.html \
	content/templates/sign_in.html \
	content/templates/sign_in_code.html \
	content/templates/sign_in_link.html \
	content/templates/skill.html \
	content/templates/skills.html \
	content/templates/structure.html \
	content/templates/structure_add.html \
	content/templates/structure_desk.html \
	content/templates/structure_import.html \
	content/templates/structures.html \
	content/templates/subscribe.html \
	content/templates/support.html \
	content/templates/support_form.html \
	content/templates/top.html \
	content/templates/word_group.html
mailsdir = $(contentdir)/mails
dist_mails_DATA = \
	content/mails/card_confirm.html \
	content/mails/card_invite.html \
	content/mails/confirm.html \
	content/mails/contact_accepted.html \
	content/mails/contact_asked.html \
	content/mails/contact_declined.html \
	content/mails/contact_message.html \
	content/mails/contact_thanks.html \
	content/mails/digest.html \
	content/mails/foot.html \
	content/mails/funding_ended.html \
	content/mails/funding_opened.html \
	content/mails/inactive.html \
	content/mails/need_at_risk.html \
	content/mails/need_closed.html \
	content/mails/need_followed.html \
	content/mails/need_given_up.html \
	content/mails/need_settled.html \
	content/mails/need_stated.html \
	content/mails/need_supported.html \
	content/mails/pole_quiet.html \
	content/mails/role.html \
	content/mails/session_asked.html \
	content/mails/session_cancelled.html \
	content/mails/session_changed.html \
	content/mails/session_confirmed.html \
	content/mails/session_cotrainer.html \
	content/mails/session_left.html \
	content/mails/session_message.html \
	content/mails/session_passed_on.html \
	content/mails/session_prolonged.html \
	content/mails/session_questions.html \
	content/mails/session_registered.html \
	content/mails/session_reminder.html \
	content/mails/session_seat_free.html \
	content/mails/session_thanks.html \
	content/mails/session_tick.html \
	content/mails/session_unsuited.html \
	content/mails/session_waitlisted.html \
	content/mails/session_when.html \
	content/mails/sign_in.html
styledir = $(contentdir)/style
dist_style_DATA = content/style/etabli.css
iconsdir = $(contentdir)/icons
dist_icons_DATA = content/icons/atelier.svg content/icons/etabli.svg
scriptdir = $(contentdir)/script
dist_script_DATA = content/script/etabli.js
helpdir = $(contentdir)/help
dist_help_DATA = \
	content/help/accessibilite.en.md \
	content/help/accessibilite.fr.md \
	content/help/animation.en.md \
	content/help/animation.fr.md \
	content/help/creation.en.md \
	content/help/creation.fr.md \
	content/help/index.en.md \
	content/help/index.fr.md \
	content/help/mentions-legales.en.md \
	content/help/mentions-legales.fr.md \
	content/help/personnes-ressources.en.md \
	content/help/personnes-ressources.fr.md \
	content/help/structures.en.md \
	content/help/structures.fr.md \
	content/help/vie-privee.en.md \
	content/help/vie-privee.fr.md
demodir = $(contentdir)/demo
dist_demo_DATA = \
	content/demo/made.csv \
	content/demo/managers.csv \
	content/demo/needs.csv \
	content/demo/people.csv \
	content/demo/poles.csv \
	content/demo/sessions.csv \
	content/demo/skills.csv \
	content/demo/structures.csv
i18ndir = $(contentdir)/i18n
nodist_i18n_DATA = content/i18n/fr.mo
CLEANFILES += content/i18n/fr.mo
EXTRA_DIST += content/i18n/fr.po

content/i18n/fr.mo: $(top_srcdir)/content/i18n/fr.po
	$(AM_V_GEN)$(MKDIR_P) content/i18n && $(MSGFMT) --check -o $@ $(top_srcdir)/content/i18n/fr.po
dist_templates_DATA += content/templates/session_facts.html content/templates/session_state.html
dist_templates_DATA += content/templates/session_dates.html content/templates/session_place.html
dist_templates_DATA += content/templates/session_register.html content/templates/place.html
dist_mails_DATA += content/mails/session_when.html content/mails/session_registered.html
dist_mails_DATA += content/mails/session_waitlisted.html content/mails/session_seat_free.html
dist_mails_DATA += content/mails/session_passed_on.html content/mails/session_left.html
dist_templates_DATA += content/templates/subscribe.html
dist_templates_DATA += content/templates/date_fields.html content/templates/session_new.html
dist_templates_DATA += content/templates/cotrainer.html content/templates/rooms.html
dist_mails_DATA += content/mails/session_asked.html content/mails/session_cotrainer.html
dist_templates_DATA += content/templates/me_session.html content/templates/me_sessions.html
dist_templates_DATA += content/templates/session_run.html content/templates/session_sheet.html
dist_templates_DATA += content/templates/feedback.html
dist_mails_DATA += content/mails/session_confirmed.html content/mails/session_cancelled.html
dist_mails_DATA += content/mails/session_prolonged.html
dist_mails_DATA += content/mails/session_message.html content/mails/session_reminder.html
dist_mails_DATA += content/mails/session_questions.html content/mails/session_thanks.html
dist_mails_DATA += content/mails/session_unsuited.html
dist_mails_DATA += content/mails/session_tick.html
dist_mails_DATA += content/mails/session_changed.html
dist_templates_DATA += content/templates/session_skill.html content/templates/session_kind.html
dist_templates_DATA += content/templates/session_change.html content/templates/session_title.html
dist_templates_DATA += content/templates/session_when_fields.html content/templates/session_where.html
dist_templates_DATA += content/templates/session_about.html content/templates/session_many.html
dist_templates_DATA += content/templates/session_decision.html
dist_templates_DATA += content/templates/session_comer.html
lexicondir = $(contentdir)/lexicon
dist_lexicon_DATA = content/lexicon/batiment-artisanat-industrie.txt \
	content/lexicon/vivant-alimentation-services.txt content/lexicon/sante-social-education.txt \
	content/lexicon/numerique-sciences-technique.txt content/lexicon/entreprise-droit-public.txt \
	content/lexicon/arts-medias-textile-transport.txt content/lexicon/transversal.txt
situationsdir = $(contentdir)/situations
dist_situations_DATA = content/situations/alimentation-vivant.en.txt content/situations/alimentation-vivant.txt content/situations/batiment.en.txt \
	content/situations/batiment.txt content/situations/bois-metiers-art.en.txt content/situations/bois-metiers-art.txt \
	content/situations/ecole-sport.en.txt content/situations/ecole-sport.txt content/situations/environnement-public.en.txt \
	content/situations/environnement-public.txt content/situations/famille-services.en.txt content/situations/famille-services.txt \
	content/situations/gestion-droit.en.txt content/situations/gestion-droit.txt content/situations/industrie-transport.en.txt \
	content/situations/industrie-transport.txt content/situations/numerique-technique.en.txt content/situations/numerique-technique.txt \
	content/situations/secours-sante.en.txt content/situations/secours-sante.txt content/situations/spectacle-image-ecrit.en.txt \
	content/situations/spectacle-image-ecrit.txt content/situations/textile-reparation.en.txt content/situations/textile-reparation.txt \
	content/situations/vente-collectif.en.txt content/situations/vente-collectif.txt
