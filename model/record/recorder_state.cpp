// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/recorder_state.h"

#include <chrono>

#include "model/prompts/text_counters.h"

namespace plumbline::record {

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

void countAndPack(std::string_view text, std::string& packed)
{
    appendEncoded(packed, countText(text));
}

Result<> countRevision(const store::Database& database)
{
    return TRY(database.kept("INSERT INTO setting(key, value) VALUES('revision', '1') "
                             "ON CONFLICT DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"))
        ->run();
}

} // namespace plumbline::record
