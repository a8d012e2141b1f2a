/* Vectors of words: a truncated singular value decomposition by randomized subspace
 * iteration (Halko, Martinsson, Tropp, 2011). LAPACK does the dense parts. */
#include "base/random.h"
#include "indexer/learn/learner.h"

#include <lapacke.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if defined __GNUC__ && !defined __clang__
#pragma GCC optimize("O3") /* loops over vectors: several numbers at a time */
#endif

enum { SPARE = 20, WIDTH = MODEL_DIMENSIONS + SPARE, ROUNDS = 6 };

/* Half of a product: some columns of the dense matrix. */
struct product {
    const struct pairs *pairs;
    const float *from;
    float *to;
    int first, last;
    bool is_turned; /* the transposed sparse matrix */
};

static void *multiply_some(void *argument)
{
    const struct product *product = argument;
    const struct pairs *pairs = product->pairs;

    for (size_t row = 0; row < pairs->size; row++)
        memset(product->to + row * WIDTH + product->first, 0,
               (size_t)(product->last - product->first) * sizeof(float));
    for (size_t row = 0; row < pairs->size; row++)
        for (size_t i = pairs->from[row]; i < pairs->from[row + 1]; i++) {
            size_t source = product->is_turned ? row : pairs->columns[i];
            size_t target = product->is_turned ? pairs->columns[i] : row;
            const float *from = product->from + source * WIDTH;
            float *to = product->to + target * WIDTH, value = pairs->values[i];
            for (int j = product->first; j < product->last; j++)
                to[j] += value * from[j];
        }
    return NULL;
}

/* to = pairs × from, or its transposed × from; on two threads when they can be had. */
static void multiply(const struct pairs *pairs, bool is_turned, const float *from,
                     float *to)
{
    struct product one = {pairs, from, to, 0, WIDTH / 2, is_turned}, other = one;
    pthread_t thread;
    bool has_thread;

    other.first = WIDTH / 2;
    other.last = WIDTH;
    has_thread = pthread_create(&thread, NULL, multiply_some, &other) == 0;
    multiply_some(&one);
    if (has_thread)
        pthread_join(thread, NULL);
    else
        multiply_some(&other);
}

static err_code lapack_failed(struct err *err, long info)
{
    return err_set(err, ERR_MEMORY, "learning: LAPACK gave up (%ld)", info);
}

/* Columns become perpendicular and of unit length. */
static err_code straighten(float *columns, size_t rows, struct err *err)
{
    float tau[WIDTH];
    lapack_int info =
        LAPACKE_sgeqrf(LAPACK_ROW_MAJOR, (lapack_int)rows, WIDTH, columns, WIDTH, tau);

    if (info == 0)
        info = LAPACKE_sorgqr(LAPACK_ROW_MAJOR, (lapack_int)rows, WIDTH, WIDTH, columns,
                              WIDTH, tau);
    return info == 0 ? ERR_NONE : lapack_failed(err, info);
}

/* out[i][j] = sum over rows of a[row][i] × a[row][j] */
static void gram_of(const float *rows, size_t count, int width, double *out)
{
    memset(out, 0, (size_t)width * (size_t)width * sizeof *out);
    for (size_t row = 0; row < count; row++) {
        const float *one = rows + row * (size_t)width;
        for (int i = 0; i < width; i++) {
            double value = (double)one[i];
            for (int j = 0; j < width; j++)
                out[i * width + j] += value * (double)one[j];
        }
    }
}

static void unit_row(float *row)
{
    float sum = 0;

    for (int i = 0; i < MODEL_DIMENSIONS; i++)
        sum += row[i] * row[i];
    sum = sum > 0 ? 1 / sqrtf(sum) : 0;
    for (int i = 0; i < MODEL_DIMENSIONS; i++)
        row[i] *= sum;
}

/* rows = basis × the strongest eigenvectors × the square root of their singular values.
 */
static void write_rows(const float *basis, size_t count, const double *vectors,
                       const double *values, float *rows)
{
    for (size_t row = 0; row < count; row++) {
        float *out = rows + row * MODEL_DIMENSIONS;
        memset(out, 0, MODEL_DIMENSIONS * sizeof *out);
        for (int i = 0; i < WIDTH; i++) {
            float value = basis[row * WIDTH + (size_t)i];
            for (int j = 0; j < MODEL_DIMENSIONS; j++)
                out[j] += value * (float)vectors[i * WIDTH + WIDTH - 1 - j];
        }
        for (int j = 0; j < MODEL_DIMENSIONS; j++)
            out[j] *= (float)pow(fmax(values[WIDTH - 1 - j], 0), 0.25);
        unit_row(out);
    }
}

/* Basis of the space that the matrix stretches most. */
static err_code iterate(const struct pairs *pairs, struct progress *progress,
                        float *basis, float *other, struct err *err)
{
    struct random random;
    err_code code = ERR_NONE;

    random_init(&random, 1);
    for (size_t i = 0; i < pairs->size * WIDTH; i++)
        basis[i] = (float)(random_0to1(&random) + random_0to1(&random) +
                           random_0to1(&random) - 1.5);
    if (progress)
        progress_start(progress, "vectors", ROUNDS);
    for (int round = 0; code == ERR_NONE && round < ROUNDS; round++) {
        multiply(pairs, true, basis, other);
        multiply(pairs, false, other, basis);
        code = straighten(basis, pairs->size, err);
        if (progress)
            progress_show(progress, (uint64_t)round + 1);
    }
    return code;
}

err_code vectors_make(const struct pairs *pairs, struct progress *progress, float **out,
                      struct err *err)
{
    size_t cells = pairs->size * WIDTH;
    float *basis = malloc(cells * sizeof *basis), *other = malloc(cells * sizeof *other);
    double *gram = malloc(WIDTH * WIDTH * sizeof *gram), values[WIDTH];
    float *rows = malloc(pairs->size * MODEL_DIMENSIONS * sizeof *rows);
    err_code code;

    if (basis && other && gram && rows)
        code = iterate(pairs, progress, basis, other, err);
    else
        code = err_set(err, ERR_MEMORY, "no memory for learning");
    if (code == ERR_NONE) {
        lapack_int info;
        multiply(pairs, true, basis,
                 other); /* its Gram matrix: squared singular values */
        gram_of(other, pairs->size, WIDTH, gram);
        info = LAPACKE_dsyev(LAPACK_ROW_MAJOR, 'V', 'U', WIDTH, gram, WIDTH, values);
        code = info == 0 ? ERR_NONE : lapack_failed(err, info);
    }
    if (code == ERR_NONE)
        write_rows(basis, pairs->size, gram, values, rows);
    free(basis);
    free(other);
    free(gram);
    if (code != ERR_NONE)
        free(rows);
    else
        *out = rows;
    return code;
}

err_code vectors_first(const float *rows, size_t count, float first[MODEL_DIMENSIONS],
                       struct err *err)
{
    double *gram = malloc(MODEL_DIMENSIONS * MODEL_DIMENSIONS * sizeof *gram);
    double values[MODEL_DIMENSIONS];
    lapack_int info;

    if (!gram)
        return err_set(err, ERR_MEMORY, "no memory for learning");
    gram_of(rows, count, MODEL_DIMENSIONS, gram);
    info = LAPACKE_dsyev(LAPACK_ROW_MAJOR, 'V', 'U', MODEL_DIMENSIONS, gram,
                         MODEL_DIMENSIONS, values);
    for (int i = 0; i < MODEL_DIMENSIONS; i++)
        first[i] = (float)gram[i * MODEL_DIMENSIONS + MODEL_DIMENSIONS - 1];
    free(gram);
    return info == 0 ? ERR_NONE : lapack_failed(err, info);
}
