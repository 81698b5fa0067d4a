// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/prompt_versions.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "model/analysis/drain.h"
#include "model/analysis/weighing.h"
#include "model/prices/price_book.h"
#include "model/queries/segment_costs.h"
#include "model/queries/snapshot.h"
#include "model/queries/tool_sets.h"
#include "model/record/pricing.h"

namespace plumbline {

namespace {

constexpr auto systemSegment = static_cast<std::size_t>(Segment::System);
constexpr auto toolsSegment = static_cast<std::size_t>(Segment::Tools);
constexpr std::size_t trendSteps = 24;
constexpr std::size_t mostVersions = 200;

class PromptsReading
{
public:
    PromptsReading(const CallTable& table, const PromptIndex& index, const LedgerTable& ledger,
                   const store::Workspace& workspace, queries::SegmentCosts costs)
        : m_table(table), m_index(index), m_ledger(ledger), m_workspace(workspace), m_costs(std::move(costs))
    {
    }

    Result<PromptsAnswer> read(const queries::RowSet& rows, const StopToken& stop)
    {
        PromptsAnswer answer{.calls = static_cast<std::int64_t>(rows.size())};
        if (rows.isEmpty())
            return answer;
        m_first = m_table.started()[rows.front()];
        m_last = m_table.started()[rows.back()];
        answer.days = std::max(1.0, static_cast<double>(m_last - m_first) / static_cast<double>(microsecondsPerDay));
        std::size_t count = 0;
        Result<> cancelled;
        rows.forEach([&](std::size_t row) {
            constexpr std::size_t checkEvery = 65536;
            if (++count % checkEvery == 0 && cancelled)
                cancelled = stop.check();
            if (cancelled && !add(row))
                ++answer.callsWithout;
        });
        TRY(cancelled);
        seeAll();
        TRY(name(answer));
        std::sort(answer.rows.begin(), answer.rows.end(), [](const PromptRow& a, const PromptRow& b) {
            return a.figures.cost != b.figures.cost ? a.figures.cost > b.figures.cost
                                                    : std::pair(a.feature, a.step) < std::pair(b.feature, b.step);
        });
        return answer;
    }

private:
    struct Version
    {
        PromptFigures figures = {};
        std::array<std::uint32_t, trendSteps> trend = {};
        std::size_t latestRow = 0;
        std::int64_t variants = 0;
    };
    struct ToolSums
    {
        std::int64_t offered = 0, offeredSplit = 0;
        double tokens = 0, cost = 0;
    };
    struct Prompt
    {
        std::map<std::uint64_t, Version> versions = {};                    ///< by what is stable in the text
        std::unordered_map<std::uint32_t, queries::ToolSetSums> sets = {}; ///< by number of a set of tools
        std::unordered_map<std::uint32_t, std::int64_t> called = {};       ///< by name.id
        std::unordered_set<std::uint32_t> seen = {};                       ///< numbers of instructions
        std::size_t latestRow = 0;
    };
    using Key = std::pair<std::uint32_t, std::uint32_t>; ///< codes of feature and step

    /// False: nothing is known of its prompt.
    bool add(std::size_t row)
    {
        const std::uint32_t instructions = m_index.instructionsOf(row), tools = m_index.toolSetOf(row);
        if (instructions == 0 && tools == 0)
            return false;
        const std::uint32_t origin = m_table.origins()[row];
        Prompt& prompt = m_prompts[{m_table.column(CallTable::Feature).codes()[origin],
                                    m_table.column(CallTable::Step).codes()[origin]}];
        prompt.latestRow = row;
        const bool isSplit = m_ledger.isKnown(row) && m_ledger.methodOf(row) != SplitMethod::Unsplit;
        const auto costs = m_costs.of(row);
        if (instructions != 0) {
            const PromptIndex::Instructions& of = m_index.instructions()[instructions];
            Version& version = prompt.versions[of.stable];
            addTo(version.figures, row, isSplit, costs[systemSegment]);
            version.latestRow = row;
            version.variants += prompt.seen.insert(instructions).second;
            const auto length = static_cast<double>(m_last - m_first + 1);
            const double at = static_cast<double>(m_table.started()[row] - m_first) / length * trendSteps;
            version.trend[std::min(static_cast<std::size_t>(at), trendSteps - 1)] += 1;
        }
        if (tools != 0) {
            queries::ToolSetSums& sums = prompt.sets[tools];
            ++sums.calls;
            sums.callsSplit += isSplit;
            sums.tokens += costs[toolsSegment].tokens;
            sums.cost += Money(costs[toolsSegment].money);
        }
        for (const std::uint32_t tool : m_index.toolCallsOf(row))
            ++prompt.called[tool];
        return true;
    }

    void addTo(PromptFigures& figures, std::size_t row, bool isSplit, const queries::SegmentCosts::Part& part) const
    {
        const Timestamp time(m_table.started()[row]);
        PromptFigures one{.calls = 1,
                          .callsSplit = isSplit,
                          .tokens = part.tokens,
                          .cached = part.cached,
                          .cost = Money(part.money),
                          .firstSeen = time,
                          .lastSeen = time};
        one.unpricedCalls = !(m_table.knownOf(row) & CallTable::Cost);
        for (const Claim& claim : m_ledger.claimsOf(row))
            if (claim.segment == Segment::System &&
                (claim.confidence == Confidence::High || claim.confidence == Confidence::Medium)) {
                one.waste += Money(claim.money);
                if (claim.drain < allDrains().size() && allDrains()[claim.drain].isQuantity())
                    one.wasted += claim.tokens;
            }
        figures += one;
    }

    Result<> name(PromptsAnswer& answer)
    {
        store::NameReader names = TRY(store::NameReader::open(m_workspace.database()));
        const auto textOf = [&](CallTable::Column column, std::uint32_t code) -> Result<std::string> {
            return code == 0 ? std::string() : TRY(names.textOf(m_table.column(column).idOf(code)));
        };
        const auto book = TRY(record::priceBookOf(m_workspace));
        const queries::RowsOfToolSets toolSetRows = queries::rowsOfToolSets(m_index, m_table.size());
        for (auto& [key, prompt] : m_prompts) {
            PromptRow row;
            row.feature = TRY(textOf(CallTable::Feature, key.first));
            if (row.feature.empty())
                row.feature = missingValue(Dimension::Feature);
            row.step = TRY(textOf(CallTable::Step, key.second));
            const std::uint32_t origin = m_table.origins()[prompt.latestRow];
            row.model = TRY(textOf(CallTable::Model, m_table.column(CallTable::Model).codes()[origin]));
            const std::string provider =
                TRY(textOf(CallTable::Provider, m_table.column(CallTable::Provider).codes()[origin]));
            if (const PricedModel* priced = book->find(row.model, provider))
                row.cacheMinimum = priced->promptCacheMinTokens;
            listVersions(prompt, row);
            TRY(listTools(prompt, names, row));
            row.toolSets = TRY(queries::toolSetVersions(prompt.sets, m_index, toolSetRows, m_table.started(), names));
            answer.rows.push_back(std::move(row));
        }
        return {};
    }

    /// When a text was first and last sent is asked of all calls, not only of those in the filter.
    void seeAll()
    {
        std::unordered_map<std::uint64_t, std::pair<std::size_t, std::size_t>> rowsOf; ///< of a text: first, last
        for (const auto& [key, prompt] : m_prompts)
            for (const auto& [stable, version] : prompt.versions)
                rowsOf.emplace(stable, std::pair(version.latestRow, version.latestRow));
        const auto& instructions = m_index.instructions();
        constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
        std::vector<std::pair<std::size_t, std::size_t>> rows(instructions.size(), {none, 0});
        for (std::size_t row = 0; row < m_table.ids().size(); ++row) {
            auto& of = rows[m_index.instructionsOf(row)];
            of.first = std::min(of.first, row); // calls lie in the order of time
            of.second = row;
        }
        for (std::size_t number = 1; number < rows.size(); ++number) {
            const auto known = rows[number].first == none ? rowsOf.end() : rowsOf.find(instructions[number].stable);
            if (known == rowsOf.end())
                continue;
            known->second.first = std::min(known->second.first, rows[number].first);
            known->second.second = std::max(known->second.second, rows[number].second);
        }
        for (auto& [key, prompt] : m_prompts)
            for (auto& [stable, version] : prompt.versions) {
                version.figures.firstSeen = Timestamp(m_table.started()[rowsOf[stable].first]);
                version.figures.lastSeen = Timestamp(m_table.started()[rowsOf[stable].second]);
            }
    }

    void listVersions(Prompt& prompt, PromptRow& row) const
    {
        for (auto& [stable, version] : prompt.versions) {
            row.figures += version.figures;
            const PromptIndex::Instructions& latest = m_index.instructions()[m_index.instructionsOf(version.latestRow)];
            row.versions.push_back({.digest = digestValue(stable),
                                    .latest = CallId(m_table.ids()[version.latestRow]),
                                    .variants = version.variants,
                                    .isVolatile = latest.isVolatile,
                                    .volatilePart = latest.volatilePart,
                                    .volatileAt = latest.volatileAt,
                                    .figures = version.figures,
                                    .trend = {version.trend.begin(), version.trend.end()}});
        }
        std::sort(row.versions.begin(), row.versions.end(), [](const PromptVersion& a, const PromptVersion& b) {
            return std::pair(a.figures.firstSeen, a.latest) < std::pair(b.figures.firstSeen, b.latest);
        });
        for (std::size_t i = 0; i < row.versions.size(); ++i)
            row.versions[i].number = static_cast<std::int32_t>(i + 1);
        // A text that is another for every call has as many versions: the newest stand for themselves.
        if (row.versions.size() <= mostVersions)
            return;
        const auto newest = row.versions.end() - static_cast<std::ptrdiff_t>(mostVersions - 1);
        PromptVersion older = *std::prev(newest);
        older.variants = 0;
        older.figures = {};
        older.digest.clear();
        older.isOlder = true;
        std::fill(older.trend.begin(), older.trend.end(), 0);
        for (auto version = row.versions.begin(); version != newest; ++version) {
            older.variants += version->variants;
            older.figures += version->figures;
            for (std::size_t step = 0; step < older.trend.size(); ++step)
                older.trend[step] += version->trend[step];
        }
        row.versions.erase(row.versions.begin(), newest);
        row.versions.insert(row.versions.begin(), std::move(older));
    }

    /// Tools of a set share its tokens and its cost by what their definitions weigh.
    Result<> listTools(const Prompt& prompt, store::NameReader& names, PromptRow& row)
    {
        std::map<std::uint32_t, ToolSums> tools;
        for (const auto& [number, sums] : prompt.sets) {
            const PromptIndex::ToolSet& set = m_index.toolSets()[number];
            std::vector<double> weights;
            double all = 0;
            for (const std::int64_t block : set.blocks) {
                weights.push_back(TRY(weightOf(block)));
                all += weights.back();
            }
            for (std::size_t i = 0; i < set.blocks.size(); ++i) {
                ToolSums& of = tools[set.tools[i]];
                const double share = all > 0 ? weights[i] / all : 1.0 / static_cast<double>(set.blocks.size());
                of.offered += sums.calls;
                of.offeredSplit += sums.callsSplit;
                of.tokens += share * static_cast<double>(sums.tokens);
                of.cost += share * static_cast<double>(sums.cost.picodollars());
            }
        }
        for (const auto& [tool, sums] : tools) {
            const auto called = prompt.called.find(tool);
            OfferedTool of{.name = TRY(names.textOf(tool)),
                           .offered = sums.offered,
                           .called = called == prompt.called.end() ? 0 : called->second};
            of.wasCalledElsewhere = of.called == 0 && m_index.wasEverCalled(tool);
            if (sums.offeredSplit > 0)
                of.tokens = sums.tokens / static_cast<double>(sums.offeredSplit);
            of.offeredSplit = sums.offeredSplit;
            of.cost = MoneySum::ofPicodollars(static_cast<MoneySum::Integer>(sums.cost));
            row.tools.push_back(std::move(of));
        }
        std::stable_sort(row.tools.begin(), row.tools.end(),
                         [](const OfferedTool& a, const OfferedTool& b) { return a.cost > b.cost; });
        return {};
    }

    Result<double> weightOf(std::int64_t block)
    {
        const auto known = m_weights.find(block);
        if (known != m_weights.end())
            return known->second;
        store::Statement counters = TRY(m_workspace.database().prepare("SELECT counters FROM block WHERE id = ?"));
        TRY(counters.bind(block));
        double weight = 0;
        if (TRY(counters.next()))
            weight = analysis::tokensOfBlock(analysis::familyWeights({}), BlockKind::ToolDefinition, counters.text(0));
        m_weights.emplace(block, weight);
        return weight;
    }

    const CallTable& m_table;
    const PromptIndex& m_index;
    const LedgerTable& m_ledger;
    const store::Workspace& m_workspace;
    queries::SegmentCosts m_costs;
    std::int64_t m_first = 0, m_last = 0;
    std::map<Key, Prompt> m_prompts;
    std::unordered_map<std::int64_t, double> m_weights; ///< by block
};

} // namespace

void PromptFigures::operator+=(const PromptFigures& other)
{
    calls += other.calls;
    callsSplit += other.callsSplit;
    tokens += other.tokens;
    cached += other.cached;
    cost += other.cost;
    unpricedCalls += other.unpricedCalls;
    wasted += other.wasted;
    waste += other.waste;
    if (other.firstSeen && (!firstSeen || *other.firstSeen < *firstSeen))
        firstSeen = other.firstSeen;
    if (other.lastSeen && (!lastSeen || *other.lastSeen > *lastSeen))
        lastSeen = other.lastSeen;
}

MoneySum perMonth(MoneySum sum, double days)
{
    constexpr double daysOfMonth = 30;
    return days <= 0 ? MoneySum()
                     : MoneySum::ofPicodollars(
                           static_cast<MoneySum::Integer>(static_cast<double>(sum.picodollars()) * daysOfMonth / days));
}

namespace {

/// What the prompts of an answer were before; those that are gone stand at the end.
void compare(PromptsAnswer& answer, PromptsAnswer before)
{
    std::map<std::pair<std::string, std::string>, PromptRow*> known;
    for (PromptRow& row : answer.rows) {
        row.before.emplace();
        known[{row.feature, row.step}] = &row;
    }
    std::vector<PromptRow> gone;
    for (PromptRow& row : before.rows) {
        if (const auto now = known.find({row.feature, row.step}); now != known.end()) {
            now->second->before = row.figures;
            continue;
        }
        row.before = std::exchange(row.figures, {});
        gone.push_back(std::move(row));
    }
    answer.rows.insert(answer.rows.end(), std::make_move_iterator(gone.begin()), std::make_move_iterator(gone.end()));
    answer.daysBefore = before.days;
}

} // namespace

Result<PromptsAnswer> Queries::prompts(const PromptsQuestion& question, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    queries::Selector selector = TRY(m_snapshot->selector(workspace));
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(workspace, stop));
    const PromptIndex& index = *TRY(m_snapshot->prompts(workspace, stop));
    const auto read = [&](const Filter& filter) -> Result<PromptsAnswer> {
        const queries::RowSet rows = TRY(selector.rowsOf(filter, stop));
        queries::SegmentCosts costs = TRY(queries::SegmentCosts::open(workspace, m_snapshot->table, ledger, index));
        PromptsReading reading(m_snapshot->table, index, ledger, workspace, std::move(costs));
        return reading.read(rows, stop);
    };
    PromptsAnswer answer = TRY(read(question.filter));
    if (question.baseline)
        compare(answer, TRY(read(*question.baseline)));
    return answer;
}

PromptEdit recount(const std::string& model, const std::string& before, TokenCount tokens, const std::string& edited)
{
    const analysis::ModelWeights weights = analysis::familyWeights(model);
    const double old = analysis::tokensOfText(weights, before), now = analysis::tokensOfText(weights, edited);
    // The same weights read both: what they are off by cancels out.
    PromptEdit edit;
    edit.before = tokens > 0 ? tokens : static_cast<TokenCount>(old + 0.5);
    edit.after = static_cast<TokenCount>((old > 0 ? now / old * static_cast<double>(edit.before) : now) + 0.5);
    return edit;
}

} // namespace plumbline
