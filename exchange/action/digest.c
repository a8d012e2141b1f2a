/* The weekly digest. */
#include "exchange/action/digest.h"

#include "exchange/action/index_sync.h"
#include "exchange/action/introduction.h"
#include "exchange/action/jobs.h"
#include "exchange/action/link.h"
#include "exchange/action/mail.h"
#include "exchange/action/reach.h"
#include "exchange/action/saved_search.h"
#include "store/change.h"
#include "store/mail_settings.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/plan_keep.h"
#include "store/rows.h"
#include "store/sessions.h"

#include <inttypes.h>
#include <string.h>

enum {
    AT_ONCE = 50,      /* people read at a time */
    LISTED_MOST = 5,   /* sessions, news */
    SEARCHES_MOST = 5, /* skills looked for in the index */
    AHEAD_DAYS = 30,   /* sessions told */
    NOT_NOW_DAYS = 30,
    LATE_S = 2 * 24 * 3600, /* a site that was down sends it up to so much later */
    ONE_ARENA_MAX = 8 << 20
};

/* What one person is told. */
struct digest {
    int64_t person_id;
    const char *email;
    struct person person;
    int64_t since; /* her last digest */
    int64_t need_ids[20];
    size_t need_count;
    struct saved_search_news *searches;
    size_t search_count;
    const int64_t *session_ids, *news_ids;
    size_t session_count, news_count;
    struct kept_news *plans; /* of the poles she keeps */
    size_t plan_count;
    int64_t waiting;
    bool is_stale;
};

struct turn {
    struct ctx ctx; /* with an arena for one person */
    int64_t due_at; /* the moment of this week */
};

/* The last due moment at or before now. */
static int64_t last_due(const struct ctx *ctx)
{
    const struct config *config = ctx->config;

    return calendar_weekly(ctx->now, (int)config->digest_weekday,
                           (int)config->digest_hour, config->zone);
}

static bool has_need(const struct digest *digest, int64_t id)
{
    for (size_t i = 0; i < digest->need_count; i++)
        if (digest->need_ids[i] == id)
            return true;
    return false;
}

/* A need the search found for her skill, unless she is in it or answered already. */
static err_code add_found(struct ctx *ctx, struct digest *digest, int64_t id,
                          struct err *err)
{
    const int64_t parameters[] = {digest->person_id, id,
                                  ctx->now - NOT_NOW_DAYS * (int64_t)DAY_S};
    struct need need;
    int64_t answered = 0;
    bool is_hers;
    err_code code = needs_get(ctx->db, ctx->arena, id, &need, err);

    if (code == ERR_NOT_FOUND) { /* the index is a moment behind */
        err_clear(err);
        return ERR_NONE;
    }
    if (code == ERR_NONE)
        code =
            rows_number(ctx->db, QUERY_DIGEST_ANSWERED, parameters, 3, 0, &answered, err);
    if (code != ERR_NONE)
        return code;
    is_hers = need.person_id == digest->person_id;
    for (size_t i = 0; i < need.support_count; i++)
        is_hers = is_hers || need.supports[i].person_id == digest->person_id;
    if (!answered && !is_hers && !need.is_private && !need.merged_into &&
        need_is_open(need.state) && need.expires_at > ctx->now)
        digest->need_ids[digest->need_count++] = id;
    return ERR_NONE;
}

static err_code search_needs(struct ctx *ctx, struct digest *digest, size_t most,
                             struct err *err)
{
    err_code code = ERR_NONE;
    size_t searches = 0;

    for (size_t i = 0; code == ERR_NONE && i < digest->person.skill_count &&
                       searches < SEARCHES_MOST && digest->need_count < most;
         i++) {
        const struct query_request wanted = {.kind = KIND_NEED,
                                             .text = digest->person.skills[i].label,
                                             .lang = ctx->lang,
                                             .limit = most,
                                             .now = ctx->now};
        struct query_answer found = {.count = 0};
        if (!digest->person.skills[i].is_shared)
            continue;
        searches++;
        code = search_query(ctx->search, ctx->arena, &wanted, &found, err);
        for (size_t j = 0; code == ERR_NONE && j < found.count; j++)
            if (!found.hits[j].is_far && digest->need_count < most &&
                !has_need(digest, found.hits[j].id))
                code = add_found(ctx, digest, found.hits[j].id, err);
    }
    return code;
}

/* Who pauses, is at her quota or takes no contacts at all gets no needs. */
static err_code read_needs(struct ctx *ctx, struct digest *digest, struct err *err)
{
    const int64_t parameters[] = {digest->person_id, ctx->now,
                                  ctx->now - NOT_NOW_DAYS * (int64_t)DAY_S,
                                  ctx->config->digest_needs};
    int64_t quota = 0, used = 0, *ids = NULL;
    size_t count = 0;
    err_code code;

    if (digest->person.pause_until > ctx->now || digest->person.state != CARD_PUBLISHED)
        return ERR_NONE;
    code = introduction_quota(ctx->db, ctx->config, &digest->person, ctx->now, &quota,
                              &used, err);
    if (code != ERR_NONE || used >= quota)
        return code;
    code = rows_ids(ctx->db, ctx->arena, QUERY_DIGEST_NEEDS, parameters, 4, &ids, &count,
                    err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        digest->need_ids[digest->need_count++] = ids[i];
    return code == ERR_NONE && ctx->search
               ? search_needs(ctx, digest, (size_t)ctx->config->digest_needs, err)
               : code;
}

static err_code read_rest(struct ctx *ctx, struct digest *digest, struct err *err)
{
    const int64_t id = digest->person_id;
    const int64_t coming[] = {id, ctx->now, ctx->now + AHEAD_DAYS * (int64_t)DAY_S,
                              LISTED_MOST, digest->since};
    const int64_t news[] = {id, digest->since, ctx->now, LISTED_MOST};
    const int64_t waiting[] = {id, ctx->now};
    const struct config *config = ctx->config;
    int64_t *ids = NULL;
    err_code code = rows_ids(ctx->db, ctx->arena, QUERY_DIGEST_SESSIONS, coming, 5, &ids,
                             &digest->session_count, err);

    digest->session_ids = ids;
    ids = NULL;
    if (code == ERR_NONE)
        code = rows_ids(ctx->db, ctx->arena, QUERY_DIGEST_NEWS, news, 4, &ids,
                        &digest->news_count, err);
    digest->news_ids = ids;
    if (code == ERR_NONE)
        code = plan_keep_news(ctx->db, ctx->arena, id, digest->since, ctx->now,
                              &digest->plans, &digest->plan_count, err);
    if (code == ERR_NONE)
        code = rows_number(ctx->db, QUERY_DIGEST_WAITING, waiting, 2, 0, &digest->waiting,
                           err);
    digest->is_stale =
        digest->person.state == CARD_PUBLISHED &&
        person_freshness(&digest->person, ctx->now, (int)config->to_confirm_months,
                         (int)config->sinks_months, (int)config->hidden_months) != FRESH;
    return code;
}

/* A need with its people and, when its links are given, how to answer. */
static err_code put_need(struct db *db, struct ctx *ctx, struct text *values, int64_t id,
                         const struct reach *reach, struct err *err)
{
    const char *url = NULL;
    struct need need;
    err_code code = needs_get(db, ctx->arena, id, &need, err);

    if (code == ERR_NONE && reach)
        code = reach_link(db, ctx->arena, ctx->config, reach, LINK_DIGEST_ANSWER, id,
                          ctx->now, ctx->now + 2 * NOT_NOW_DAYS * (int64_t)DAY_S,
                          "/resume/", &url, err);
    if (code != ERR_NONE)
        return code;
    json_open(values, NULL, '{');
    json_text(values, "text", need.text);
    json_int(values, "people", need.people);
    json_bool(values, "is_answered", need.answered_at != 0);
    json_text(values, "need_url",
              site_url(ctx->arena, ctx->config, reach ? reach->lang : ctx->lang,
                       "/besoins/%" PRId64, id));
    if (url) {
        json_text(values, "yes_url", arena_printf(ctx->arena, "%s?reponse=oui", url));
        json_text(values, "not_now_url",
                  arena_printf(ctx->arena, "%s?reponse=plus-tard", url));
        json_text(values, "not_me_url",
                  arena_printf(ctx->arena, "%s?reponse=pas-moi", url));
        json_text(values, "someone_url",
                  arena_printf(ctx->arena, "%s?reponse=quelqu-un", url));
        json_text(values, "session_url",
                  site_url(ctx->arena, ctx->config, reach->lang,
                           "/seances/nouvelle?besoin=%" PRId64, id));
    }
    json_close(values, '}');
    return ERR_NONE;
}

static err_code put_session(struct db *db, struct ctx *ctx, struct text *values,
                            int64_t id, const char *lang, struct err *err)
{
    struct session session;
    err_code code = sessions_get(db, ctx->arena, id, &session, err);

    if (code != ERR_NONE)
        return code;
    json_open(values, NULL, '{');
    json_text(values, "title", session.title);
    if (session.date_count)
        json_int(values, "starts_at", session_first_at(&session));
    json_int(values, "other_dates",
             session_fixed(&session) ? 0 : (int64_t)session.date_count - 1);
    json_bool(values, "has_other_dates",
              !session_fixed(&session) && session.date_count > 1);
    json_bool(values, "is_proposed", session.state == SESSION_PROPOSED);
    json_int(values, "threshold", session.threshold);
    json_text(values, "commune", session.commune);
    json_text(values, "session_url",
              site_url(ctx->arena, ctx->config, lang, "/seances/%" PRId64, id));
    json_close(values, '}');
    return ERR_NONE;
}

static err_code put_lists(struct db *db, struct ctx *ctx, struct text *values,
                          const struct digest *digest, const struct reach *reach,
                          struct err *err)
{
    err_code code = ERR_NONE;

    json_open(values, "needs", '[');
    for (size_t i = 0; code == ERR_NONE && i < digest->need_count; i++)
        code = put_need(db, ctx, values, digest->need_ids[i], reach, err);
    json_close(values, ']');
    json_open(values, "sessions", '[');
    for (size_t i = 0; code == ERR_NONE && i < digest->session_count; i++)
        code = put_session(db, ctx, values, digest->session_ids[i], reach->lang, err);
    json_close(values, ']');
    json_open(values, "news", '[');
    for (size_t i = 0; code == ERR_NONE && i < digest->news_count; i++)
        code = put_need(db, ctx, values, digest->news_ids[i], NULL, err);
    json_close(values, ']');
    json_bool(values, "has_plans", digest->plan_count > 0);
    json_open(values, "plans", '[');
    for (size_t i = 0; i < digest->plan_count; i++) {
        json_open(values, NULL, '{');
        json_text(values, "pole", digest->plans[i].name);
        json_int(values, "waiting", digest->plans[i].waiting);
        json_text(values, "plan_url",
                  site_url(ctx->arena, ctx->config, reach->lang,
                           "/poles/%s/bureau/planifier", digest->plans[i].key));
        json_close(values, '}');
    }
    json_close(values, ']');
    return code;
}

struct sending {
    struct ctx *ctx;
    const struct digest *digest;
    bool has_news;
};

static err_code queue_digest(struct db *db, const struct sending *sending,
                             struct err *err)
{
    struct ctx *ctx = sending->ctx;
    const struct digest *digest = sending->digest;
    struct reach reach = {.person_id = 0};
    struct mail mail = {.to = digest->email, .template = MAIL_DIGEST_TEMPLATE};
    struct text values;
    err_code code =
        digest->person_id
            ? reach_person(db, ctx->arena, ctx->config, digest->person_id, &reach, err)
            : reach_author(db, ctx->arena, ctx->config,
                           &(struct need){.email = digest->email}, &reach, err);

    if (code != ERR_NONE)
        return code;
    reach.email = digest->email;
    mail.lang = reach.lang;
    mail_begin(&values, &mail);
    json_text(&values, "name", digest->person.name);
    code = put_lists(db, ctx, &values, digest, &reach, err);
    saved_search_tell(ctx, reach.lang, digest->searches, digest->search_count, &values);
    json_bool(&values, "has_searches", digest->search_count > 0);
    json_bool(&values, "has_needs", digest->need_count > 0);
    json_bool(&values, "has_sessions", digest->session_count > 0);
    json_bool(&values, "has_news", digest->news_count > 0);
    json_bool(&values, "has_waiting", digest->waiting > 0);
    json_int(&values, "waiting", digest->waiting);
    json_bool(&values, "is_stale", digest->is_stale);
    json_text(&values, "me_url", site_url(ctx->arena, ctx->config, reach.lang, "/moi"));
    if (code == ERR_NONE)
        return mail_queue(db, ctx->config, &mail, &values, ctx->now, err);
    text_done(&values);
    return code;
}

static err_code write_digest(struct db *db, void *argument, struct err *err)
{
    const struct sending *sending = argument;
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_DIGEST_DONE, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, sending->digest->email);
    stmt_int(stmt, 2, sending->ctx->now);
    code = stmt_run(stmt, NULL, err);
    if (code == ERR_NONE)
        code = change_note(db, THING_MAIL, 0, sending->ctx->now, err);
    if (code == ERR_NONE)
        code = saved_search_told(db, sending->digest->searches,
                                 sending->digest->search_count, sending->ctx->now, err);
    return code == ERR_NONE && sending->has_news ? queue_digest(db, sending, err) : code;
}

/* One person: what there is, and a mail when there is something. A job of the writer
 * each. */
static err_code send_one(struct turn *turn, int64_t person_id, const char *email,
                         struct err *err)
{
    struct ctx *ctx = &turn->ctx;
    struct digest digest = {.person_id = person_id, .email = email};
    struct sending sending = {.ctx = ctx, .digest = &digest};
    struct mail_setting setting;
    err_code code = mail_settings_get(ctx->db, email, &setting, err);

    if (code != ERR_NONE || setting.digested_at >= turn->due_at)
        return code; /* another of her cards had its turn */
    digest.since = setting.digested_at;
    if (person_id) { /* someone who gave no name yet has saved searches alone */
        code = people_get(ctx->db, ctx->arena, person_id, &digest.person, err);
        if (code == ERR_NONE)
            code = read_needs(ctx, &digest, err);
        if (code == ERR_NONE)
            code = read_rest(ctx, &digest, err);
    }
    if (code == ERR_NONE && ctx->search)
        code = saved_search_look(ctx, email, &digest.searches, &digest.search_count, err);
    if (code != ERR_NONE)
        return code;
    sending.has_news = digest.need_count || digest.session_count || digest.news_count ||
                       digest.plan_count || digest.waiting || digest.is_stale ||
                       digest.search_count;
    return writer_do(ctx->writer, write_digest, &sending, err);
}

/* Goes through one list of recipients, AT_ONCE rows at a time. */
static err_code send_list(struct turn *turn, struct arena *page, enum query query,
                          bool is_people, struct err *err)
{
    int64_t last = 0;
    size_t count = AT_ONCE;
    err_code code = ERR_NONE;

    while (code == ERR_NONE && count == AT_ONCE) {
        int64_t ids[AT_ONCE];
        const char *emails[AT_ONCE];
        struct stmt *stmt;
        bool has_row;
        arena_reset(page);
        count = 0;
        code = db_query(turn->ctx.db, query, &stmt, err);
        if (code != ERR_NONE)
            return code;
        stmt_int(stmt, 1, last);
        stmt_int(stmt, 2, turn->due_at);
        stmt_int(stmt, 3, AT_ONCE);
        while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
            last = row_int(stmt, 0);
            emails[count] = row_text(stmt, 1, page);
            ids[count++] = is_people ? last : row_int(stmt, 2);
        }
        for (size_t i = 0; code == ERR_NONE && i < count; i++) {
            arena_reset(turn->ctx.arena);
            code = send_one(turn, ids[i], emails[i], err);
        }
    }
    return code;
}

err_code job_digest(struct ctx *ctx, struct err *err)
{
    struct turn turn = {.ctx = *ctx, .due_at = last_due(ctx)};
    struct arena *page;
    int64_t last = 0;
    err_code code = rows_number_by_text(ctx->db, QUERY_JOB_LAST, "digest", &last, err);

    /* a site that begins, or has done it this week, has nothing to catch up with */
    if (code != ERR_NONE || last == 0 || last >= turn.due_at ||
        ctx->now - turn.due_at > LATE_S)
        return code;
    page = arena_new(ONE_ARENA_MAX);
    turn.ctx.arena = arena_new(ONE_ARENA_MAX);
    turn.ctx.search = NULL;
    if (!page || !turn.ctx.arena) {
        arena_free(page);
        arena_free(turn.ctx.arena);
        return err_set(err, ERR_MEMORY, "no room for the digest");
    }
    if (search_open(&turn.ctx.search, index_folder(ctx->arena, ctx->config->data_folder),
                    ctx->config, NULL) != ERR_NONE)
        turn.ctx.search = NULL; /* by the thesaurus only */
    code = send_list(&turn, page, QUERY_DIGEST_PEOPLE, true, err);
    if (code == ERR_NONE)
        code = send_list(&turn, page, QUERY_DIGEST_ACCOUNTS, false, err);
    search_close(turn.ctx.search);
    arena_free(page);
    arena_free(turn.ctx.arena);
    return code;
}
