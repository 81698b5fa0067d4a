// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/schema.h"

#include <array>

#include "model/store/analysis_schema.h"
#include "model/store/reading_schema.h"
#include "model/store/spend_schema.h"

namespace plumbline::store {

namespace {

// Times are microseconds since 1970 UTC, money is picodollars, tokens are tokens; ids without a unit refer
// to name.id unless they are named after another table.
constexpr std::string_view version2 = R"sql(
CREATE TABLE setting(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One run of the recorder. Invisible until finished; the floors are the highest ids before it, so that what a crash
-- left behind is discarded by range.
CREATE TABLE import(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL DEFAULT '',
    privacy INTEGER NOT NULL,           -- 0 bodies, 1 digests, 2 metadata
    started INTEGER NOT NULL,
    finished INTEGER,
    floors TEXT NOT NULL,               -- JSON, table: id
    report TEXT NOT NULL DEFAULT '{}'   -- JSON, as the import reported it
) STRICT;

-- Repeated text: models, features, users, span names, …
CREATE TABLE name(
    id INTEGER PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX name_value ON name(value);

-- Metadata with scalar values, as a compact JSON object.
CREATE TABLE attribute_set(
    id INTEGER PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;

CREATE TABLE trace(
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL,               -- digest of the external id
    external BLOB NOT NULL              -- packed id
) STRICT;

-- A witness of a whole trace: session, user, tags that its observations may lack. Roll-ups are for reconciliation only.
CREATE TABLE trace_fact(
    id INTEGER PRIMARY KEY,
    import INTEGER NOT NULL,
    content INTEGER NOT NULL,           -- digest of the record
    trace INTEGER NOT NULL,
    started INTEGER,
    recorded INTEGER,
    name INTEGER, environment INTEGER, release INTEGER, version INTEGER, user INTEGER, session INTEGER, feature INTEGER,
    tags INTEGER,                       -- name.id of a JSON array
    attributes INTEGER,                 -- attribute_set.id
    reported_input INTEGER, reported_output INTEGER,
    reported_cost INTEGER
) STRICT;

-- A witness of a span, kept per import; settling composes spans and calls of the visible ones. What only settling and
-- explaining read is packed: a row costs by its columns.
CREATE TABLE observation(
    id INTEGER PRIMARY KEY,
    import INTEGER NOT NULL,
    content INTEGER NOT NULL,           -- digest of the record
    trace INTEGER NOT NULL,
    happened INTEGER NOT NULL,          -- when it ended, else started, else was recorded; 0 unknown
    response INTEGER,                   -- digest of the provider's response id
    span BLOB NOT NULL,                 -- packed id
    facts BLOB NOT NULL,                -- model/record/observation_facts.h
    blocks BLOB                         -- its prompt and answer: block ids with position
) STRICT;

-- Imports that brought an observation another import owns, to the byte.
CREATE TABLE also_seen(
    import INTEGER NOT NULL,
    observation INTEGER NOT NULL,
    PRIMARY KEY(import, observation)
) STRICT, WITHOUT ROWID;

-- What many calls have in common, once for each combination that occurs. The columns without a comment are name.id.
CREATE TABLE origin(
    id INTEGER PRIMARY KEY,
    import INTEGER NOT NULL,
    status INTEGER NOT NULL,            -- 0 unknown, 1 ok, 2 warning, 3 error
    flags INTEGER NOT NULL,             -- model/record/observation.h
    rule INTEGER NOT NULL,              -- how the buckets were obtained
    known INTEGER NOT NULL,             -- bits of the figures that its calls have: model/record/observation.h
    feature INTEGER,
    feature_rule INTEGER,               -- which rule named the feature, from 0
    model INTEGER, provider INTEGER, environment INTEGER, step INTEGER, agent INTEGER, tool INTEGER,
    tags INTEGER, prompt_name INTEGER, prompt_version INTEGER, release INTEGER,
    price INTEGER                       -- price.id; NULL: unpriced
) STRICT;

-- A billed call: a settled leaf. Its id is the lowest observation id of its span.
CREATE TABLE call(
    id INTEGER PRIMARY KEY,
    trace INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    user INTEGER, session INTEGER,
    attributes INTEGER,                 -- attribute_set.id
    response INTEGER,                   -- digest of the provider's response id
    started INTEGER NOT NULL,
    latency INTEGER,                    -- microseconds
    uncached INTEGER, cache_read INTEGER, cache_write_5m INTEGER, cache_write_1h INTEGER,
    visible INTEGER, reasoning INTEGER, audio INTEGER, searches INTEGER,
    cost INTEGER,                       -- picodollars; NULL: unknown
    reported_cost INTEGER
) STRICT;

-- Spans with usage that are not billed, and why.
CREATE TABLE unbilled(
    observation INTEGER PRIMARY KEY,
    trace INTEGER NOT NULL,
    started INTEGER,
    reason INTEGER NOT NULL,            -- 0 wrapper of billed spans, 1 another witness of a billed call
    tokens INTEGER
) STRICT;

-- Calls that are the same as a billed one, seen by another source: they share a provider's response id.
CREATE TABLE other_witness(
    observation INTEGER PRIMARY KEY,    -- the id it has as a call
    response INTEGER NOT NULL,
    trace INTEGER NOT NULL
) STRICT;

-- The rows of the price book that costs were made with.
CREATE TABLE price(
    id INTEGER PRIMARY KEY,
    description TEXT NOT NULL UNIQUE,   -- provider · model · tier · valid from · book
    input INTEGER NOT NULL, output INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    audio INTEGER NOT NULL, search INTEGER NOT NULL, -- picodollars per token, per search
    context_window INTEGER
) STRICT;

CREATE TABLE block(
    id INTEGER PRIMARY KEY,
    digest_low INTEGER NOT NULL, digest_high INTEGER NOT NULL, -- 128 bits
    bytes INTEGER NOT NULL,
    role INTEGER NOT NULL,              -- 0 unknown, 1 system, 2 developer, 3 user, 4 assistant, 5 tool
    kind INTEGER NOT NULL,              -- 0 text, 1 tool definition, 2 tool call, 3 tool result, 4 document, 5 media, 6 reasoning
    tool INTEGER,
    document TEXT,
    counters BLOB NOT NULL,             -- the text counters, packed
    body_group INTEGER, body_offset INTEGER -- NULL: the body is not kept
) STRICT;
CREATE TABLE body_group(
    id INTEGER PRIMARY KEY,
    bytes INTEGER NOT NULL,
    zstd BLOB NOT NULL
) STRICT;

CREATE TABLE score(
    id INTEGER PRIMARY KEY,
    import INTEGER NOT NULL,
    content INTEGER NOT NULL,
    trace INTEGER,
    span BLOB,
    session INTEGER,
    name INTEGER,
    value REAL,
    text TEXT,
    scored INTEGER
) STRICT;

-- Lines of providers' bills and usage reports. They are no calls and never added to them.
CREATE TABLE bill_line(
    id INTEGER PRIMARY KEY,
    import INTEGER NOT NULL,
    content INTEGER NOT NULL,           -- digest of what the line says
    started INTEGER NOT NULL, ended INTEGER,
    provider INTEGER, model INTEGER, meter INTEGER, project INTEGER, api_key INTEGER, tier INTEGER, currency INTEGER,
    description TEXT,
    uncached INTEGER, cache_read INTEGER, cache_write_5m INTEGER, cache_write_1h INTEGER,
    visible INTEGER, reasoning INTEGER, audio INTEGER, searches INTEGER,
    requests INTEGER,
    cost INTEGER                        -- 10^-12 of the currency
) STRICT;

-- For the first paint and for SQL. Dollars and the picodollars left over apart: no int64 sum overflows.
CREATE TABLE daily(
    day INTEGER NOT NULL,               -- days since 1970 in the reporting time zone
    feature INTEGER NOT NULL, model INTEGER NOT NULL, provider INTEGER NOT NULL, environment INTEGER NOT NULL, -- 0: none
    calls INTEGER NOT NULL, calls_without_usage INTEGER NOT NULL, unpriced_calls INTEGER NOT NULL, errors INTEGER NOT NULL,
    uncached INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write INTEGER NOT NULL,
    visible INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    cost_dollars INTEGER NOT NULL, cost_picodollars INTEGER NOT NULL,
    PRIMARY KEY(day, feature, model, provider, environment)
) STRICT, WITHOUT ROWID;

CREATE VIEW calls AS
SELECT call.id,
       strftime('%Y-%m-%dT%H:%M:%fZ', call.started / 1e6, 'unixepoch') AS start_time,
       coalesce(feature.value, 'unallocated') AS feature,
       model.value AS model, provider.value AS provider, environment.value AS environment, step.value AS step,
       agent.value AS agent, user.value AS user, session.value AS session, release.value AS release,
       prompt.value AS prompt_name, prompt_version.value AS prompt_version,
       CASE WHEN coalesce(call.uncached, call.cache_read, call.cache_write_5m, call.cache_write_1h) IS NULL THEN NULL
            ELSE coalesce(call.uncached, 0) + coalesce(call.cache_read, 0) + coalesce(call.cache_write_5m, 0)
                 + coalesce(call.cache_write_1h, 0) END AS input_tokens,
       call.cache_read AS cache_read_tokens,
       CASE WHEN call.cache_write_5m IS NULL AND call.cache_write_1h IS NULL THEN NULL
            ELSE coalesce(call.cache_write_5m, 0) + coalesce(call.cache_write_1h, 0) END AS cache_write_tokens,
       CASE WHEN coalesce(call.visible, call.reasoning) IS NULL THEN NULL
            ELSE coalesce(call.visible, 0) + coalesce(call.reasoning, 0) END AS output_tokens,
       call.reasoning AS reasoning_tokens,
       call.cost / 1e12 AS cost_usd,
       call.reported_cost / 1e12 AS reported_cost_usd,
       call.latency / 1e6 AS latency_seconds,
       CASE origin.status WHEN 1 THEN 'ok' WHEN 2 THEN 'warning' WHEN 3 THEN 'error' ELSE 'unknown' END AS status,
       price.description AS price_row
FROM call
JOIN origin ON origin.id = call.origin
LEFT JOIN name AS feature ON feature.id = origin.feature
LEFT JOIN name AS model ON model.id = origin.model
LEFT JOIN name AS provider ON provider.id = origin.provider
LEFT JOIN name AS environment ON environment.id = origin.environment
LEFT JOIN name AS step ON step.id = origin.step
LEFT JOIN name AS agent ON agent.id = origin.agent
LEFT JOIN name AS user ON user.id = call.user
LEFT JOIN name AS session ON session.id = call.session
LEFT JOIN name AS release ON release.id = origin.release
LEFT JOIN name AS prompt ON prompt.id = origin.prompt_name
LEFT JOIN name AS prompt_version ON prompt_version.id = origin.prompt_version
LEFT JOIN price ON price.id = origin.price;

CREATE VIEW daily_spend AS
SELECT date(daily.day * 86400, 'unixepoch') AS day,
       coalesce(feature.value, 'unallocated') AS feature,
       model.value AS model, provider.value AS provider, environment.value AS environment,
       daily.calls, daily.calls_without_usage, daily.unpriced_calls, daily.errors,
       daily.uncached + daily.cache_read + daily.cache_write AS input_tokens,
       daily.cache_read AS cache_read_tokens,
       daily.visible + daily.reasoning AS output_tokens,
       daily.cost_dollars + daily.cost_picodollars / 1e12 AS cost_usd
FROM daily
LEFT JOIN name AS feature ON feature.id = daily.feature
LEFT JOIN name AS model ON model.id = daily.model
LEFT JOIN name AS provider ON provider.id = daily.provider
LEFT JOIN name AS environment ON environment.id = daily.environment;
)sql";

/// Version 1 was written before there was a release: its rows are not carried over.
constexpr int firstVersion = 2;
/// The first makes the schema, each further one takes a workspace one version on.
constexpr std::array migrations = {version2, version3, version4, version5, version6, version7, version8, version9};

constexpr std::string_view indexes = R"sql(
CREATE INDEX IF NOT EXISTS observation_trace ON observation(trace);
CREATE INDEX IF NOT EXISTS trace_fact_trace ON trace_fact(trace);
CREATE INDEX IF NOT EXISTS bill_line_content ON bill_line(content);
CREATE INDEX IF NOT EXISTS bill_line_statement ON bill_line(statement) WHERE statement IS NOT NULL;
CREATE INDEX IF NOT EXISTS other_witness_response ON other_witness(response);
CREATE INDEX IF NOT EXISTS score_trace ON score(trace);
)sql";

/// What the file says it is; an empty file has version 0.
Result<std::int64_t> versionOf(const Database& database)
{
    const auto application = database.integer("PRAGMA application_id");
    if (!application)
        return tl::unexpected(application.error());
    const std::int64_t version = TRY(database.integer("PRAGMA user_version"));
    const std::int64_t tables = TRY(database.integer("SELECT count(*) FROM sqlite_schema"));
    if (*application != applicationId && (tables != 0 || *application != 0))
        return tl::unexpected(Error{ErrorKind::Foreign, "not a Plumbline workspace (another program's SQLite file)",
                                    database.path().filename().string()});
    if (version > schemaVersion())
        return tl::unexpected(Error{ErrorKind::Newer,
                                    "written by a newer Plumbline (workspace version " + std::to_string(version) +
                                        ", this program knows " + std::to_string(schemaVersion()) + ")",
                                    database.path().filename().string()});
    if (version != 0 && version < firstVersion)
        return tl::unexpected(Error{ErrorKind::Unsupported,
                                    "written by a Plumbline from before its first release: import its sources into a "
                                    "new workspace",
                                    database.path().filename().string()});
    return version;
}

} // namespace

int schemaVersion()
{
    return firstVersion + static_cast<int>(migrations.size()) - 1;
}

Result<> checkVersion(const Database& database)
{
    const std::int64_t version = TRY(versionOf(database));
    if (version < schemaVersion())
        return tl::unexpected(Error{version == 0 ? ErrorKind::Foreign : ErrorKind::Older,
                                    version == 0 ? "not a Plumbline workspace (an empty file)"
                                                 : "an older workspace that was not brought up to date",
                                    database.path().filename().string()});
    return {};
}

void keepLog(const Database& database)
{
    // Where somebody reads at this moment it stays as it is until the next who writes.
    (void)database.execute("PRAGMA journal_mode = WAL");
}

void leaveLog(const Database& database)
{
    (void)database.execute("PRAGMA journal_mode = TRUNCATE");
}

Result<> migrate(const Database& database)
{
    std::int64_t version = TRY(versionOf(database));
    if (version == schemaVersion())
        return {};
    if (version == 0) {
        // Before the first table: these cannot change later.
        TRY(database.execute("PRAGMA page_size = 8192"));
        keepLog(database);
    }
    Transaction transaction = TRY(Transaction::begin(database));
    version = TRY(versionOf(database)); // somebody may have been faster
    for (std::int64_t next = version == 0 ? firstVersion : version + 1; next <= schemaVersion(); ++next)
        TRY(database.execute(migrations[static_cast<std::size_t>(next - firstVersion)]));
    TRY(database.execute("PRAGMA application_id = " + std::to_string(applicationId)));
    TRY(database.execute("PRAGMA user_version = " + std::to_string(schemaVersion())));
    TRY(createIndexes(database));
    return transaction.commit();
}

Result<> createIndexes(const Database& database)
{
    return database.execute(indexes);
}

} // namespace plumbline::store
