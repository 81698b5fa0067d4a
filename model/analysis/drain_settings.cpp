// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/drain_settings.h"

#include <algorithm>
#include <charconv>

#include "model/analysis/drain.h"
#include "model/store/stale_scopes.h"

namespace plumbline {

namespace {

/// `unused-tools.offers=50` a line.
constexpr std::string_view thresholdsSetting = "drain_thresholds";
constexpr std::int64_t picodollarsPerDollar = 1'000'000'000'000;

Result<const DrainThreshold*> thresholdNamed(std::string_view name)
{
    const std::size_t dot = name.find('.');
    if (const Drain* drain = drainOf(name.substr(0, dot)); drain && dot != std::string_view::npos)
        for (const DrainThreshold& threshold : drain->thresholds)
            if (threshold.id == name.substr(dot + 1))
                return &threshold;
    return fail(ErrorKind::Usage, "there is no threshold '" + std::string(name) + "'");
}

/// As short as it can be read back, whatever the locale.
std::string textOf(double value)
{
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

} // namespace

Result<> countAnalysisRevision(const store::Database& database)
{
    return database.execute("INSERT INTO setting(key, value) VALUES('analysis_revision', '1') "
                            "ON CONFLICT DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)");
}

Result<> writeFindingNote(store::Workspace& workspace, const FindingNote& note)
{
    if (!drainOf(note.drain))
        return fail(ErrorKind::Usage, "there is no drain '" + note.drain + "'");
    const store::Database& database = workspace.database();
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    store::Statement forget = TRY(database.prepare("DELETE FROM finding_note WHERE feature = ? AND drain = ?"));
    TRY(forget.run(note.feature, note.drain));
    if (note.state != FindingNote::State::None) {
        store::Statement keep = TRY(database.prepare("INSERT INTO finding_note(feature, drain, state, reason, noted, "
                                                     "fixed, promised_dollars, promised_picodollars) "
                                                     "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
        std::optional<std::int64_t> fixed, dollars, picodollars;
        if (note.fixed)
            fixed = note.fixed->microseconds();
        if (note.promised) {
            dollars = static_cast<std::int64_t>(note.promised->picodollars() / picodollarsPerDollar);
            picodollars = static_cast<std::int64_t>(note.promised->picodollars() % picodollarsPerDollar);
        }
        TRY(keep.run(note.feature, note.drain, note.state == FindingNote::State::Muted ? "muted" : "fixed", note.reason,
                     currentTime().microseconds(), fixed, dollars, picodollars));
    }
    TRY(countAnalysisRevision(database));
    return transaction.commit();
}

Result<DrainThresholds> drainThresholds(const store::Workspace& workspace)
{
    const std::string text = TRY(workspace.setting(thresholdsSetting)).value_or("");
    DrainThresholds thresholds;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        const std::size_t equals = line.find('=');
        double value = 0;
        if (equals != std::string::npos &&
            std::from_chars(line.data() + equals + 1, line.data() + line.size(), value).ec == std::errc())
            thresholds[line.substr(0, equals)] = value;
        at = end + 1;
    }
    return thresholds;
}

Result<> setDrainThresholds(store::Workspace& workspace, const DrainThresholds& thresholds)
{
    std::string text;
    for (const auto& [name, value] : thresholds) {
        const DrainThreshold* threshold = TRY(thresholdNamed(name));
        if (!(value >= threshold->least && value <= threshold->most))
            return fail(ErrorKind::Usage, name + " is " + textOf(threshold->least) + " to " + textOf(threshold->most) +
                                              ", not " + textOf(value));
        if (value != threshold->value)
            text += name + '=' + textOf(value) + '\n';
    }
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    TRY(workspace.setSetting(thresholdsSetting, text));
    TRY(store::markAllStale(workspace.database()));
    return transaction.commit();
}

} // namespace plumbline
