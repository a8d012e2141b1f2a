/* The rules between settings, and the forms of addresses. */
#include "config/reading.h"

#include "base/email.h"
#include "base/url.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

/* Where a setting stands in the file, or the top of it when it is a default. */
static const struct yaml *place(const struct yaml *root, const char *group,
                                const char *key)
{
    const struct yaml *map = *group ? yaml_get(root, group) : root;
    const struct yaml *node = map && map->kind == YAML_MAP ? yaml_get(map, key) : NULL;

    return node ? node : map ? map : root;
}

struct order {
    const char *low, *high;
    int64_t low_value, high_value;
};

static void check_order(struct reading *reading, const struct yaml *root,
                        const struct order *order)
{
    if (order->low_value >= order->high_value)
        mistake(reading, place(root, "exchange", order->low),
                "exchange.%s: %" PRId64
                " must be less than exchange.%s, which is %" PRId64,
                order->low, order->low_value, order->high, order->high_value);
}

static void check_orders(struct reading *reading, const struct yaml *root,
                         const struct config *config)
{
    const struct order orders[] = {
        {"follow_up_first", "follow_up_second", config->follow_up_1_day,
         config->follow_up_2_day},
        {"follow_up_second", "follow_up_third", config->follow_up_2_day,
         config->follow_up_3_day},
        {"follow_up_third", "closing", config->follow_up_3_day, config->closing_day},
        {"closing", "need_life", config->closing_day, config->need_life_days},
        {"confirm_after", "sinks_after", config->to_confirm_months, config->sinks_months},
        {"sinks_after", "hidden_after", config->sinks_months, config->hidden_months},
    };

    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
        check_order(reading, root, &orders[i]);
    if (config->reminder_late_h >= config->reminder_early_days * 24)
        mistake(reading, place(root, "exchange", "reminder_late"),
                "exchange.reminder_late: %" PRId64
                " h must come after exchange.reminder_early, %" PRId64 " days before",
                config->reminder_late_h, config->reminder_early_days);
}

static void check_addresses(struct reading *reading, const struct yaml *root,
                            struct config *config)
{
    static const char host_letters[] = "abcdefghijklmnopqrstuvwxyz"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[] ";
    unsigned char binary[sizeof(struct in6_addr)];
    const char *host = strstr(config->base_url, "://");
    size_t length = strlen(config->base_url);

    if (inet_pton(AF_INET, config->listen_address, binary) != 1 &&
        inet_pton(AF_INET6, config->listen_address, binary) != 1)
        mistake(reading, place(root, "listen", "address"),
                "listen.address: \"%s\" is not an IPv4 or IPv6 address",
                config->listen_address);
    if ((strncmp(config->base_url, "http://", 7) != 0 &&
         strncmp(config->base_url, "https://", 8) != 0) ||
        !host || !host[3] || strpbrk(config->base_url, " ?#@\"<>") ||
        config->base_url[length - 1] == '/')
        mistake(reading, place(root, "site", "base_url"),
                "site.base_url: \"%s\" is not allowed; https://host or http://host, with "
                "a port if need be, without a slash at the end",
                config->base_url);
    if (strspn(config->hosts, host_letters) != strlen(config->hosts))
        mistake(reading, place(root, "listen", "hosts"),
                "listen.hosts: \"%s\" is not allowed; names such as www.example.org or "
                "10.0.0.5:8080, separated by blanks",
                config->hosts);
    for (const char *at = config->listen_fronts; *at; at += strcspn(at, " ")) {
        char front[INET6_ADDRSTRLEN] = "";
        size_t width;
        at += strspn(at, " ");
        width = strcspn(at, " ");
        if (width < sizeof front)
            memcpy(front, at, width);
        if (width && inet_pton(AF_INET, front, binary) != 1 &&
            inet_pton(AF_INET6, front, binary) != 1)
            mistake(reading, place(root, "listen", "fronts"),
                    "listen.fronts: \"%.*s\" is not an IPv4 or IPv6 address", (int)width,
                    at);
    }
    if (*config->source_url && !url_is_web(config->source_url))
        mistake(reading, place(root, "site", "source_url"),
                "site.source_url: \"%s\" is not allowed; an https:// or http:// address",
                config->source_url);
    if (*config->site_contact && !strchr(config->site_contact, '@') &&
        (strncmp(config->site_contact, "https://", 8) != 0 ||
         !url_is_web(config->site_contact)))
        mistake(reading, place(root, "site", "contact"),
                "site.contact: \"%s\" is neither an e-mail address nor an https:// page",
                config->site_contact);
}

/* An address, of this machine too (etabli@localhost). */
static bool is_sender(const char *email)
{
    const char *at = strchr(email, '@');

    return email_is_plausible(email) ||
           (at && at > email && strcmp(at, "@localhost") == 0 &&
            !strpbrk(email, " <>,;\""));
}

void config_check_rules(struct reading *reading, const struct yaml *root,
                        struct config *config)
{
    static const char *const levels[] = {"error", "warning", "info", "debug"};
    bool is_level = false;

    if (strcmp(config->mail_mode, "smtp") != 0 && strcmp(config->mail_mode, "dir") != 0 &&
        strcmp(config->mail_mode, "off") != 0)
        mistake(reading, place(root, "mail", "mode"),
                "mail.mode: \"%s\" is not allowed; smtp, dir or off", config->mail_mode);
    if (!is_sender(config->mail_from))
        mistake(reading, place(root, "mail", "from"),
                "mail.from: \"%.60s\" is not an e-mail address", config->mail_from);
    if (strncmp(config->mail_server, "smtp://", 7) != 0 &&
        strncmp(config->mail_server, "smtps://", 8) != 0)
        mistake(reading, place(root, "mail", "server"),
                "mail.server: \"%s\" is not allowed; it starts with smtp:// or smtps://",
                config->mail_server);

    check_addresses(reading, root, config);
    check_orders(reading, root, config);
    if (strcmp(config->time_zone, "Europe/Paris") == 0)
        config->zone = zone_paris;
    else if (strcmp(config->time_zone, "UTC") == 0)
        config->zone = zone_utc;
    else
        mistake(reading, place(root, "site", "time_zone"),
                "site.time_zone: \"%s\" is not allowed; Europe/Paris or UTC",
                config->time_zone);
    for (size_t i = 0; i < 4; i++)
        is_level = is_level || strcmp(config->log_level, levels[i]) == 0;
    if (!is_level)
        mistake(reading, place(root, "log", "level"),
                "log.level: \"%s\" is not allowed; error, warning, info or debug",
                config->log_level);
}
