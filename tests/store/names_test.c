/* The names of poles and structures are read again when the records changed, and only
 * then. */
#include "exchange/action/names.h"
#include "tests/store/place.h"

#include <stdio.h>

static const char *first_name(const struct names_kept *kept)
{
    return kept->names.pole_count ? kept->names.poles[0].name : "none";
}

static void names_are_kept_until_something_changes(void **state)
{
    struct place *place = *state;
    struct names_kept kept = {.change = 0};
    struct pole pole = {.key = "bois", .name = "Pôle bois", .kind = "trade"};
    const struct pole *read;
    struct err err = {0};

    assert_int_equal(names_refresh(place->db, &kept, &err), ERR_NONE);
    assert_string_equal(first_name(&kept), "none");
    run(place, save_pole, &pole);
    assert_int_equal(names_refresh(place->db, &kept, &err), ERR_NONE);
    assert_string_equal(first_name(&kept), "Pôle bois");

    /* marked by hand: a mark that stays shows that nothing was read */
    kept.names.poles[0].name = "marked";
    read = kept.names.poles;
    assert_int_equal(names_refresh(place->db, &kept, &err), ERR_NONE);
    assert_ptr_equal(kept.names.poles, read);
    assert_string_equal(first_name(&kept), "marked");

    pole.name = "Pôle bois et forêt";
    run(place, save_pole, &pole);
    assert_int_equal(names_refresh(place->db, &kept, &err), ERR_NONE);
    assert_string_equal(first_name(&kept), "Pôle bois et forêt");
    names_drop(&kept);
    assert_null(kept.arena);
}

static void names_follow_what_another_connection_writes_at_once(void **state)
{
    struct place *place = *state;
    struct names_kept kept = {.change = 0};
    struct err err = {0};

    for (int i = 0; i < 40; i++) {
        char key[16];
        struct structure structure = {.key = key, .name = "S"};
        snprintf(key, sizeof key, "s-%d", i);
        run(place, save_structure, &structure);
        assert_int_equal(names_refresh(place->db, &kept, &err), ERR_NONE);
        assert_int_equal(kept.names.structure_count, i + 1);
        assert_non_null(names_structure(&kept.names, structure.id));
    }
    names_drop(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RECORDS_TEST(names_are_kept_until_something_changes),
        RECORDS_TEST(names_follow_what_another_connection_writes_at_once),
    };

    return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
