"""Who sees what: every page of the house, its permission, its place, and nine people before it.

The nine are nobody (not signed in), 陈某 and 周某 of 东园村 (secretary, supervisor), 钱某 of the
民生服务中心, 李某 赵某 郑某 of 陶乐镇 (clerk, leader, administrator), 吴某 of the county, and
张某某, the secretary of a village of another township. Each stands before something of 东园村 or
of 陶乐镇:

    y  enters        f  may not, though it is within reach (403)
    s  is sent to sign in        -  does not exist for this person (404)

``or``, the last column, is how a form sent empty is answered to those who may enter: 422 with what
is missing; 302 where a button is the whole form; 409 where nothing waits; 404 for a notice without
the id that its page carries; 200 for a first password, which is told once.
"""

from __future__ import annotations

from dataclasses import dataclass

from taole.access.permissions import HOLDERS, Permission, Role

TOWNSHIP = "640221106"
VILLAGE = "640221106201"

PEOPLE = ("nobody", "chen", "zhou", "qian", "li", "zhao", "wu", "zheng", "hong")
"""The columns of the table, in order; 张某某 of the foreign village signs in as ``hong``."""

ROLES: dict[str, tuple[Role, str]] = {
    "chen": (Role.SECRETARY, "county/taole/dongyuan/"),
    "zhou": (Role.SUPERVISOR, "county/taole/dongyuan/"),
    "qian": (Role.CONTRIBUTOR, "county/taole/service-centre/"),
    "li": (Role.CLERK, "county/taole/"),
    "zhao": (Role.LEADER, "county/taole/"),
    "wu": (Role.INSPECTOR, "county/"),
    "zheng": (Role.ADMINISTRATOR, "county/taole/"),
    "hong": (Role.SECRETARY, "county/hongyazi/hongxiang/"),
}
PLACES = {
    "village": "county/taole/dongyuan/",
    "office": "county/taole/service-centre/",
    "township": "county/taole/",
}

TABLE = """
# endpoint                           methods  permission        place    no ch zh qi li zo wu zg ho or
annual_report.docx                   GET      see_report        township s  -  -  -  y  y  y  y  -  -
annual_report.figure                 GET      see_report        township s  -  -  -  y  y  y  y  -  -
annual_report.html                   GET      see_report        township s  -  -  -  y  y  y  y  -  -
annual_report.index                  GET      see_report        -        s  f  f  f  y  y  y  y  f  -
annual_report.passages               GET+POST make_report       township s  -  -  -  y  y  f  f  -  422
annual_report.show                   GET      see_report        township s  -  -  -  y  y  y  y  -  -
attachments.abandon_upload           POST     write_notice      village  s  y  f  -  y  f  f  f  -  302
attachments.answer                   POST     review_second     village  s  f  f  -  y  y  f  f  -  422
attachments.begin_upload             POST     be_signed_in      village  s  y  y  -  y  y  y  y  -  422
attachments.check_again              POST     write_notice      village  s  y  f  -  y  f  f  f  -  422
attachments.clear                    POST     write_notice      village  s  y  f  -  y  f  f  f  -  422
attachments.download                 GET      see_notices       village  s  y  y  -  y  y  y  y  -  -
attachments.look_alikes              GET      review_second     -        s  f  f  f  y  y  f  f  f  -
attachments.mask                     POST     write_notice      village  s  y  f  -  y  f  f  f  -  422
attachments.original                 POST     see_original      village  s  y  f  -  y  f  f  f  -  200
attachments.receive_piece            PUT      be_signed_in      village  s  y  y  -  y  y  y  y  -  422
boards.board                         GET+POST post_notice       village  s  y  f  -  y  f  f  f  -  422
boards.confirm                       POST     post_notice       village  s  y  f  -  y  f  f  f  -  422
boards.photographed                  GET      post_notice       village  s  y  f  -  y  f  f  f  -  -
boards.picture                       GET      post_notice       village  s  y  f  -  y  f  f  f  -  -
boards.public_notice                 GET      public            -        y  y  y  y  y  y  y  y  y  -
boards.sheet                         GET      see_notices       village  s  y  y  -  y  y  y  y  -  -
boards.sheet_as_pdf                  GET      see_notices       village  s  y  y  -  y  y  y  y  -  -
boards.sheet_as_word                 GET      see_notices       village  s  y  y  -  y  y  y  y  -  -
boards.sheets                        GET      see_notices       village  s  y  y  -  y  y  y  y  -  -
boards.sheets_as_pdf                 GET      see_notices       village  s  y  y  -  y  y  y  y  -  -
boards.skip                          POST     post_notice       village  s  y  f  -  y  f  f  f  -  422
boards.wall                          GET+POST post_notice       village  s  y  f  -  y  f  f  f  -  422
catalogue.download                   GET      see_catalogue     -        s  y  y  y  y  y  y  y  y  -
catalogue.index                      GET      see_catalogue     -        s  y  y  y  y  y  y  y  y  -
catalogue.item                       GET      see_catalogue     -        s  y  y  y  y  y  y  y  y  -
catalogue.load                       GET+POST change_catalogue  -        s  f  f  f  y  f  f  y  f  422
catalogue.template                   GET+POST change_catalogue  -        s  f  f  f  y  f  f  y  f  422
catalogue.website                    GET      see_catalogue     -        s  y  y  y  y  y  y  y  y  -
check_sheets.check_line_ties         GET+POST change_indicators township s  -  -  -  y  f  f  y  -  302
check_sheets.check_sheet             GET      see_overview      -        s  f  f  f  y  y  y  y  f  -
check_sheets.check_sheet_of          GET      see_overview      township s  -  -  -  y  y  y  y  -  -
check_sheets.choose_visit            GET      record_inspection -        s  f  f  f  y  y  y  f  f  -
check_sheets.filled_sheet            GET      print_checklist   village  s  y  y  -  y  y  y  y  -  -
check_sheets.filled_sheet_excel      GET      print_checklist   village  s  y  y  -  y  y  y  y  -  -
check_sheets.inspected_sheet         GET      see_overview      township s  -  -  -  y  y  y  y  -  -
check_sheets.inspected_sheet_excel   GET      see_overview      township s  -  -  -  y  y  y  y  -  -
check_sheets.load_check_sheet        POST     change_indicators township s  -  -  -  y  f  f  y  -  422
check_sheets.visit                   GET+POST record_inspection village  s  f  f  -  y  y  y  f  -  422
dashboard.change_ranking             POST     set_appraisal     township s  -  -  -  y  y  f  f  -  302
dashboard.home                       GET      be_signed_in      -        s  y  y  y  y  y  y  y  y  -
dashboard.overview                   GET      see_overview      -        s  f  f  f  y  y  y  y  f  -
dashboard.overview_of                GET      see_overview      township s  -  -  -  y  y  y  y  -  -
dashboard.overview_sheet             GET      see_overview      township s  -  -  -  y  y  y  y  -  -
dashboard.village                    GET      see_completeness  village  s  y  y  -  y  y  y  y  -  -
imports.confirm                      POST     import_ledger     -        s  f  f  f  y  f  f  f  f  409
imports.done                         GET      import_ledger     township s  -  -  -  y  f  f  f  -  -
imports.export                       GET      import_ledger     -        s  f  f  f  y  f  f  f  f  -
imports.ledger                       GET+POST import_ledger     -        s  f  f  f  y  f  f  f  f  422
imports.marked                       POST     import_ledger     -        s  f  f  f  y  f  f  f  f  409
imports.template                     GET      import_ledger     -        s  f  f  f  y  f  f  f  f  -
information_requests.answer          GET+POST keep_registers    township s  -  -  -  y  f  f  f  -  422
information_requests.index           GET      see_registers     -        s  f  f  f  y  y  y  y  f  -
information_requests.new             GET+POST keep_registers    -        s  f  f  f  y  f  f  f  f  422
information_requests.receipt         GET+POST keep_registers    township s  -  -  -  y  f  f  f  -  422
inspections.ask_self_check           GET+POST record_inspection township s  -  -  -  y  y  y  f  -  422
inspections.close_finding            POST     recheck_finding   village  s  f  f  -  y  y  y  f  -  422
inspections.edit_finding             GET+POST record_inspection village  s  f  f  -  y  y  y  f  -  422
inspections.extend_finding           POST     mend_finding      village  s  y  f  -  y  f  f  f  -  422
inspections.finding                  GET      see_findings      village  s  y  y  -  y  y  y  y  -  -
inspections.findings                 GET      see_findings      -        s  y  y  f  y  y  y  y  y  -
inspections.grace                    GET+POST set_reminders     township s  -  -  -  y  f  f  y  -  422
inspections.grant_extension          POST     grant_extension   village  s  f  f  -  f  y  f  f  -  302
inspections.inspection               GET      see_overview      township s  -  -  -  y  y  y  y  -  -
inspections.inspections              GET      see_overview      -        s  f  f  f  y  y  y  y  f  -
inspections.new_finding              GET+POST record_inspection -        s  f  f  f  y  y  y  f  f  422
inspections.new_inspection           GET+POST record_inspection -        s  f  f  f  y  y  y  f  f  422
inspections.prove_mending            POST     mend_finding      village  s  y  f  -  y  f  f  f  -  422
inspections.refuse_extension         POST     grant_extension   village  s  f  f  -  f  y  f  f  -  422
inspections.self_check               GET+POST mend_finding      village  s  y  f  -  y  f  f  f  -  422
inspections.send_back_finding        POST     recheck_finding   village  s  f  f  -  y  y  y  f  -  422
inspections.start                    POST     mend_finding      village  s  y  f  -  y  f  f  f  -  302
inspections.statistics               GET      see_findings      -        s  y  y  f  y  y  y  y  y  -
notices.call_back                    POST     write_notice      village  s  y  f  -  y  f  f  f  -  302
notices.check                        GET      write_notice      village  s  y  f  -  y  f  f  f  -  -
notices.come_down                    POST     post_notice       village  s  y  f  -  y  f  f  f  -  422
notices.correct                      GET+POST write_notice      village  s  y  f  -  y  f  f  f  -  422
notices.dismiss_seal                 POST     write_notice      village  s  y  f  -  y  f  f  f  -  302
notices.edit                         GET+POST write_notice      village  s  y  f  -  y  f  f  f  -  422
notices.empty_workbook               GET      write_notice      village  s  y  f  -  y  f  f  f  -  -
notices.filled_workbook              GET      write_notice      village  s  y  f  -  y  f  f  f  -  -
notices.give_back                    POST     review_notice     village  s  f  y  -  y  y  f  f  -  422
notices.hand_in                      POST     write_notice      village  s  y  f  -  y  f  f  f  -  302
notices.index                        GET      see_notices       -        s  y  y  y  y  y  y  y  y  -
notices.let_pass                     POST     review_notice     village  s  f  y  -  y  y  f  f  -  409
notices.mask_personal_data           POST     write_notice      village  s  y  f  -  y  f  f  f  -  302
notices.mask_seal                    POST     write_notice      village  s  y  f  -  y  f  f  f  -  302
notices.masking                      GET+POST set_reviews       township s  -  -  -  y  f  f  y  -  422
notices.new                          GET+POST write_notice      village  s  y  f  -  y  f  f  f  -  404
notices.post_notice                  GET+POST post_notice       village  s  y  f  -  y  f  f  f  -  422
notices.prove                        POST     post_notice       village  s  y  f  -  y  f  f  f  -  409
notices.read_again                   POST     write_notice      village  s  y  f  -  y  f  f  f  -  409
notices.red_workbook                 POST     write_notice      village  s  y  f  -  y  f  f  f  -  409
notices.review_settings              GET+POST set_reviews       township s  -  -  -  y  f  f  y  -  422
notices.see_original                 POST     see_original      village  s  y  f  -  y  f  f  f  -  200
notices.sent                         GET      write_notice      village  s  y  f  -  y  f  f  f  -  -
notices.show                         GET      see_notices       village  s  y  y  -  y  y  y  y  -  -
notices.showing                      GET      see_notices       -        s  y  y  y  y  y  y  y  y  -
notices.still_up                     POST     post_notice       village  s  y  f  -  y  f  f  f  -  409
notices.take_back                    POST     withdraw_notice   village  s  f  f  -  y  y  f  f  -  422
notices.to_review                    GET      review_notice     -        s  f  y  f  y  y  f  f  f  -
notifications.change_my_email        POST     be_signed_in      -        s  y  y  y  y  y  y  y  y  302
notifications.change_plan            POST     set_reminders     township s  -  -  -  y  f  f  y  -  422
notifications.deliver_again          POST     set_reminders     township s  -  -  -  y  f  f  y  -  302
notifications.deliveries             GET      set_reminders     township s  -  -  -  y  f  f  y  -  -
notifications.inbox                  GET      be_signed_in      -        s  y  y  y  y  y  y  y  y  -
notifications.read_all               POST     be_signed_in      -        s  y  y  y  y  y  y  y  y  302
notifications.reminders              GET      set_reminders     -        s  f  f  f  y  f  f  y  f  -
notifications.reminders_of           GET      set_reminders     township s  -  -  -  y  f  f  y  -  -
notifications.routes                 GET+POST set_reminders     township s  -  -  -  y  f  f  y  -  422
notifications.short                  GET      public            -        y  y  y  y  y  y  y  y  y  -
notifications.switch                 POST     set_reminders     township s  -  -  -  y  f  f  y  -  302
notifications.try_route              POST     set_reminders     township s  -  -  -  y  f  f  y  -  302
obligations.calendar                 GET      be_signed_in      -        s  y  y  y  y  y  y  y  y  -
obligations.card                     GET      see_completeness  village  s  y  y  -  y  y  y  y  -  -
obligations.change_calendar          POST     change_workdays   -        s  f  f  f  y  f  f  y  f  422
obligations.confirm_nothing          GET+POST declare_nothing   village  s  y  f  -  y  f  f  f  -  422
obligations.counted                  GET      see_completeness  village  s  y  y  -  y  y  y  y  -  -
obligations.declare                  POST     declare_nothing   village  s  y  f  -  y  f  f  f  -  422
obligations.excuse_one               POST     excuse            village  s  f  f  -  y  y  f  f  -  422
obligations.item_change              GET+POST change_catalogue  -        s  f  f  f  y  f  f  y  f  422
obligations.matrix                   GET      see_completeness  -        s  y  y  f  y  y  y  y  y  -
obligations.matrix_of                GET      see_completeness  village  s  y  y  -  y  y  y  y  -  -
obligations.matrix_sheet             GET      see_completeness  village  s  y  y  -  y  y  y  y  -  -
obligations.new_event                GET+POST record_event      village  s  y  f  -  y  f  f  f  -  422
obligations.remind                   POST     remind            village  s  f  f  -  y  y  f  f  -  302
obligations.reopen                   POST     excuse            village  s  f  f  -  y  y  f  f  -  422
organisation.close                   GET+POST manage_people     village  s  f  f  -  f  f  f  y  -  422
organisation.end                     POST     manage_people     village  s  f  f  -  f  f  f  y  -  422
organisation.give                    POST     manage_people     village  s  f  f  -  f  f  f  y  -  422
organisation.language                POST     public            -        y  y  y  y  y  y  y  y  y  302
organisation.name_stand_in           POST     manage_people     village  s  f  f  -  f  f  f  y  -  422
organisation.new_first_password      POST     manage_people     village  s  f  f  -  f  f  f  y  -  200
organisation.new_unit                GET+POST manage_people     -        s  f  f  f  f  f  f  y  f  422
organisation.newcomer                GET+POST manage_people     -        s  f  f  f  f  f  f  y  f  422
organisation.password                GET+POST be_signed_in      -        s  y  y  y  y  y  y  y  y  422
organisation.people                  GET      see_people        -        s  f  f  f  y  y  y  y  f  -
organisation.person                  GET      see_people        village  s  f  f  -  y  y  y  y  -  -
organisation.phone                   GET+POST manage_people     village  s  f  f  -  f  f  f  y  -  302
organisation.retire_person           POST     manage_people     village  s  f  f  -  f  f  f  y  -  422
organisation.sign_in_page            GET+POST public            -        y  y  y  y  y  y  y  y  y  302
organisation.sign_out                POST     be_signed_in      -        s  y  y  y  y  y  y  y  y  302
organisation.trail                   GET      see_trail         township s  -  -  -  y  y  f  y  -  -
oversight.appraisal                  GET      see_brief         township s  -  -  -  y  y  f  f  -  -
oversight.appraisal_as_sheet         GET      see_brief         township s  -  -  -  y  y  f  f  -  -
oversight.appraisal_as_word          GET      see_brief         township s  -  -  -  y  y  f  f  -  -
oversight.brief                      GET      see_brief         -        s  f  f  f  y  y  f  f  f  -
oversight.brief_as_word              GET      see_brief         township s  -  -  -  y  y  f  f  -  -
oversight.brief_of_township          GET      see_brief         township s  -  -  -  y  y  f  f  -  -
oversight.change_appraisal           POST     set_appraisal     township s  -  -  -  y  y  f  f  -  422
oversight.circular                   GET      see_indicators    -        s  f  f  f  y  y  y  y  f  -
oversight.circular_as_sheet          GET      see_indicators    township s  -  -  -  y  y  y  y  -  -
oversight.circular_as_word           GET      see_indicators    township s  -  -  -  y  y  y  y  -  -
oversight.circular_of                GET      see_indicators    township s  -  -  -  y  y  y  y  -  -
oversight.indicators                 GET      see_indicators    -        s  f  f  f  y  y  y  y  f  -
oversight.indicators_as_sheet        GET      see_indicators    township s  -  -  -  y  y  y  y  -  -
oversight.indicators_of              GET      see_indicators    township s  -  -  -  y  y  y  y  -  -
oversight.load_indicators            POST     change_indicators township s  -  -  -  y  f  f  y  -  422
oversight.quarter                    GET      see_indicators    township s  -  -  -  y  y  y  y  -  -
oversight.quarter_as_sheet           GET      see_indicators    township s  -  -  -  y  y  y  y  -  -
oversight.quarter_as_word            GET      see_indicators    township s  -  -  -  y  y  y  y  -  -
oversight.received                   GET      see_indicators    township s  -  -  -  y  y  y  y  -  -
oversight.set_clearing_limit         POST     clear_website     township s  -  -  -  y  f  f  f  -  302
oversight.submit_quarter             POST     keep_registers    township s  -  -  -  y  f  f  f  -  422
oversight.website                    GET      see_website_duty  -        s  f  f  f  y  y  y  y  f  -
oversight.website_clearing           GET+POST clear_website     township s  -  -  -  y  f  f  f  -  422
oversight.website_column             GET      see_website_duty  township s  -  -  -  y  y  y  y  -  -
oversight.website_disclosures        GET      see_website_duty  township s  -  -  -  y  y  y  y  -  -
oversight.website_ledger             GET      see_website_duty  township s  -  -  -  y  y  y  y  -  -
oversight.website_ledger_excel       GET      see_website_duty  township s  -  -  -  y  y  y  y  -  -
oversight.website_of                 GET      see_website_duty  township s  -  -  -  y  y  y  y  -  -
rectification_lists.ledger           GET+POST record_inspection -        s  f  f  f  y  y  y  f  f  422
rectification_lists.ledger_excel     GET      see_findings      -        s  y  y  f  y  y  y  y  y  -
rectification_lists.load             GET+POST record_inspection -        s  f  f  f  y  y  y  f  f  422
rectification_lists.returned         GET      see_overview      township s  -  -  -  y  y  y  y  -  -
rectification_papers.checklist       GET      print_checklist   village  s  y  y  -  y  y  y  y  -  -
rectification_papers.checklist_excel GET      print_checklist   village  s  y  y  -  y  y  y  y  -  -
rectification_papers.checklist_pdf   GET      print_checklist   village  s  y  y  -  y  y  y  y  -  -
rectification_papers.checklist_word  GET      print_checklist   village  s  y  y  -  y  y  y  y  -  -
rectification_papers.new_paper       GET+POST record_inspection -        s  f  f  f  y  y  y  f  f  422
rectification_papers.paper           GET      see_findings      village  s  y  y  -  y  y  y  y  -  -
rectification_papers.paper_file      GET      see_findings      village  s  y  y  -  y  y  y  y  -  -
rectification_papers.papers          GET      see_findings      -        s  y  y  f  y  y  y  y  y  -
rectification_papers.reports         GET+POST record_inspection -        s  f  f  f  y  y  y  f  f  422
rectification_papers.submit          POST     record_inspection village  s  f  f  -  y  y  y  f  -  422
registers.correct_entry              GET+POST keep_registers    township s  -  -  -  y  f  f  f  -  422
registers.entries                    GET      see_registers     -        s  f  f  f  y  y  y  y  f  -
registers.index                      GET      see_registers     -        s  f  f  f  y  y  y  y  f  -
registers.look_back                  GET+POST keep_registers    -        s  f  f  f  y  f  f  f  f  422
registers.new                        GET+POST keep_registers    -        s  f  f  f  y  f  f  f  f  422
registers.task                       GET+POST keep_registers    township s  -  -  -  y  f  f  f  -  422
registers.tasks                      GET      see_registers     -        s  f  f  f  y  y  y  y  f  -
registers.tasks_sheet                GET      see_registers     -        s  f  f  f  y  y  y  y  f  -
rounds.ask                           GET      answer_round      village  s  y  f  -  y  f  f  f  -  -
rounds.close_round                   GET+POST run_round         township s  -  -  -  y  f  f  f  -  302
rounds.extend_unit                   GET+POST run_round         village  s  f  f  -  y  f  f  f  -  422
rounds.index                         GET      see_rounds        -        s  f  f  f  y  y  y  y  f  -
rounds.index_of                      GET      see_rounds        township s  -  -  -  y  y  y  y  -  -
rounds.mine                          GET      be_signed_in      -        s  y  y  y  y  y  y  y  y  -
rounds.minutes                       GET      see_rounds        township s  -  -  -  y  y  y  y  -  -
rounds.minutes_word                  GET      see_rounds        township s  -  -  -  y  y  y  y  -  -
rounds.on_behalf                     GET+POST run_round         village  s  f  f  -  y  f  f  f  -  422
rounds.open_now                      POST     run_round         township s  -  -  -  y  f  f  f  -  302
rounds.piece                         GET+POST answer_round      office   s  -  -  y  y  f  f  f  -  422
rounds.remind_all                    POST     remind            township s  -  -  -  y  y  f  f  -  302
rounds.remind_unit                   POST     remind            village  s  f  f  -  y  y  f  f  -  302
rounds.reply                         POST     answer_round      village  s  y  f  -  y  f  f  f  -  422
rounds.round_excel                   GET      see_rounds        township s  -  -  -  y  y  y  y  -  -
rounds.say_nothing                   POST     answer_round      village  s  y  f  -  y  f  f  f  -  302
rounds.settings                      GET+POST run_round         township s  -  -  -  y  f  f  f  -  422
rounds.show                          GET      see_rounds        township s  -  -  -  y  y  y  y  -  -
schedule.clock                       POST     keep_schedule     -        s  f  f  f  y  f  f  y  f  302
schedule.index                       GET      keep_schedule     -        s  f  f  f  y  f  f  y  f  -
schedule.run_now                     POST     keep_schedule     -        s  f  f  f  y  f  f  y  f  302
schedule.runs                        GET      keep_schedule     -        s  f  f  f  y  f  f  y  f  -
static                            GET      public            -        y  y  y  y  y  y  y  y  y  -
"""


@dataclass(frozen=True)
class Door:
    """One line of the table."""

    endpoint: str
    methods: frozenset[str]
    permission: str
    place: str
    answers: dict[str, str]
    empty: int | None

    def admits(self, person: str) -> bool:
        return self.answers[person] == "y"


def _read(line: str) -> Door:
    endpoint, methods, permission, place, *answers, empty = line.split()
    return Door(
        endpoint,
        frozenset(methods.split("+")),
        permission,
        place,
        dict(zip(PEOPLE, answers, strict=True)),
        int(empty) if empty.isdecimal() else None,
    )


DOORS = [_read(line) for line in TABLE.strip().splitlines() if not line.startswith("#")]


def by_the_law(door: Door, person: str) -> str:
    """What the permission table says about this person before this door."""
    if door.permission == "public":
        return "y"
    if person not in ROLES:
        return "s"
    role, reach = ROLES[person]
    if door.place in PLACES and not PLACES[door.place].startswith(reach):
        return "-"
    return "y" if role in HOLDERS[Permission(door.permission)] else "f"
