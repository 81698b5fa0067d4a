// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

#include "model/spend/variance.h"

using namespace plumbline;
using namespace plumbline::spend;

namespace {

constexpr std::int64_t picodollarsPerCent = 10'000'000'000;

struct Shape
{
    std::int64_t traces = 100, calls = 300, tokensPerCall = 1000;
    std::array<double, billedBuckets> shares = {0.5, 0.3, 0, 0.15, 0.05};
    std::array<std::int64_t, billedBuckets> rates = {3'000'000, 300'000, 3'750'000, 15'000'000, 15'000'000};
};

VarianceCell cellOf(const std::string& feature, const std::string& model, const Shape& shape)
{
    VarianceCell cell{.feature = feature, .model = model, .calls = shape.calls};
    for (std::size_t bucket = 0; bucket < billedBuckets; ++bucket) {
        cell.tokens[bucket] =
            std::llround(static_cast<double>(shape.calls * shape.tokensPerCall) * shape.shares[bucket]);
        cell.list[bucket] = MoneySum::ofPicodollars(MoneySum::Integer{cell.tokens[bucket]} * shape.rates[bucket]);
        cell.cost += cell.list[bucket];
    }
    return cell;
}

VarianceSide sideOf(const Shape& shape)
{
    return {.cells = {cellOf("chat", "opus", shape)}, .traces = {{"chat", shape.traces}}};
}

std::int64_t sumOf(const Variance& variance)
{
    return std::accumulate(variance.factors.begin(), variance.factors.end(),
                           variance.before + variance.newItems + variance.retired);
}

std::int64_t effectOf(const Variance& variance, Factor factor)
{
    return variance.factors[static_cast<std::size_t>(factor)];
}

/// Two features with two models each, numbers from a seed.
VarianceSide randomSide(std::mt19937& random, bool isSparse)
{
    const auto number = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
    VarianceSide side;
    for (const std::string feature : {"chat", "search", "triage"}) {
        if (isSparse && number(0, 3) == 0)
            continue;
        side.traces.emplace_back(feature, number(1, 500));
        for (const std::string model : {"opus", "haiku"}) {
            if (isSparse && number(0, 3) == 0)
                continue;
            Shape shape{.calls = number(1, 900), .tokensPerCall = number(1, 9000)};
            double left = 1;
            for (double& share : shape.shares)
                left -= share = left * number(0, 100) / 100;
            for (std::int64_t& rate : shape.rates)
                rate = number(0, 30'000'000);
            side.cells.push_back(cellOf(feature, model, shape));
            side.cells.back().cost += Money(number(0, 1'000'000'000)); // fees
        }
    }
    return side;
}

/// The formula of drains-and-simulation.md §5 written once more, for sides that have the same features and models.
double spendOf(const std::array<const VarianceSide*, 2>& sides, unsigned changed)
{
    const auto of = [&](Factor factor) -> const VarianceSide& {
        return *sides[changed >> static_cast<unsigned>(factor) & 1];
    };
    const auto traces = [](const VarianceSide& side, const std::string& feature) {
        double sum = 0;
        for (const auto& [name, count] : side.traces)
            sum += feature.empty() || name == feature ? static_cast<double>(count) : 0;
        return sum;
    };
    const auto callsOf = [](const VarianceSide& side, const std::string& feature, const std::string& model) {
        double sum = 0;
        for (const VarianceCell& cell : side.cells)
            if (cell.feature == feature && (model.empty() || cell.model == model))
                sum += static_cast<double>(cell.calls);
        return sum;
    };
    double spend = 0;
    for (std::size_t i = 0; i < sides[0]->cells.size(); ++i) {
        const std::string feature = sides[0]->cells[i].feature, model = sides[0]->cells[i].model;
        const auto cellIn = [&](Factor factor) -> const VarianceCell& { return of(factor).cells[i]; };
        const auto tokensOf = [](const VarianceCell& cell) {
            return static_cast<double>(std::accumulate(cell.tokens.begin(), cell.tokens.end(), TokenCount{0}));
        };
        double rate = 0;
        for (std::size_t bucket = 0; bucket < billedBuckets; ++bucket) {
            const VarianceCell& share = cellIn(Factor::CacheShare);
            const VarianceCell* price = &cellIn(Factor::Price);
            if (price->tokens[bucket] == 0) // nothing is known of it there
                price = price == &sides[0]->cells[i] ? &sides[1]->cells[i] : &sides[0]->cells[i];
            if (price->tokens[bucket] == 0)
                continue;
            double list = 0;
            for (const MoneySum& money : price->list)
                list += money.dollars();
            const double each =
                list > 0 ? price->list[bucket].dollars() * price->cost.dollars() / list
                         : price->cost.dollars() * static_cast<double>(price->tokens[bucket]) / tokensOf(*price);
            rate += static_cast<double>(share.tokens[bucket]) / tokensOf(share) * each /
                    static_cast<double>(price->tokens[bucket]);
        }
        const VarianceSide &mix = of(Factor::FeatureMix), &calls = of(Factor::CallsPerTrace),
                           &models = of(Factor::ModelMix);
        spend += traces(of(Factor::Volume), {}) * (traces(mix, feature) / traces(mix, {})) *
                 (callsOf(calls, feature, {}) / traces(calls, feature)) *
                 (callsOf(models, feature, model) / callsOf(models, feature, {})) *
                 (tokensOf(cellIn(Factor::TokensPerCall)) / static_cast<double>(cellIn(Factor::TokensPerCall).calls)) *
                 rate;
    }
    return spend * 100;
}

} // namespace

class VarianceTest : public QObject
{
    Q_OBJECT

private slots:
    void oneFactorHasItAll_data();
    void oneFactorHasItAll();
    void twoFactorsAreBennets();
    void addsUpToTheCent_data();
    void addsUpToTheCent();
    void isTheMeanOverAllOrders();
    void newAndRetiredFeaturesStandApart();
    void aNewModelIsMix();
    void sequentialTelescopes();
    void withoutTracesThePriceHasIt();
    void callsWithoutUsageExplainNothing();
    void usageThatIsMissingIsFewerTokens();
    void nothingChanges();
    void shares_data();
    void shares();
};

void VarianceTest::oneFactorHasItAll_data()
{
    QTest::addColumn<int>("factor");
    QTest::addColumn<qint64>("cents");
    // A call costs 1000 × (0.5 × 3 + 0.3 × 0.3 + 0.2 × 15) µ$ = $0.00459; 300 calls are $1.377, in cents half-even 138.
    QTest::newRow("twice the traces") << int(Factor::Volume) << qint64(138 * 2 - 1 - 138);
    QTest::newRow("twice the calls a trace") << int(Factor::CallsPerTrace) << qint64(137);
    QTest::newRow("twice the tokens") << int(Factor::TokensPerCall) << qint64(137);
    QTest::newRow("twice the price") << int(Factor::Price) << qint64(137);
    // All that was uncached is read from the cache: 0.5 × 2.7 µ$ less a token.
    QTest::newRow("all from the cache") << int(Factor::CacheShare) << qint64(-41);
}

void VarianceTest::oneFactorHasItAll()
{
    QFETCH(int, factor);
    QFETCH(qint64, cents);
    const Shape before;
    Shape after;
    const auto of = static_cast<Factor>(factor);
    if (of == Factor::Volume) {
        after.traces *= 2;
        after.calls *= 2;
    } else if (of == Factor::CallsPerTrace) {
        after.calls *= 2;
    } else if (of == Factor::TokensPerCall) {
        after.tokensPerCall *= 2;
    } else if (of == Factor::Price) {
        for (std::int64_t& rate : after.rates)
            rate *= 2;
    } else {
        after.shares = {0, 0.8, 0, 0.15, 0.05};
    }
    for (const VarianceMethod method : {VarianceMethod::Shapley, VarianceMethod::Sequential}) {
        const Variance variance = varianceOf(sideOf(before), sideOf(after), method);
        QCOMPARE(effectOf(variance, of), cents);
        for (std::size_t other = 0; other < factorCount; ++other)
            if (other != static_cast<std::size_t>(factor))
                QCOMPARE(variance.factors[other], 0);
    }
}

/// With two factors it is Bennet's: Δprice · (q₀ + q₁) / 2 and Δquantity · (p₀ + p₁) / 2.
void VarianceTest::twoFactorsAreBennets()
{
    Shape after;
    after.traces *= 3;
    after.calls *= 3;
    for (std::int64_t& rate : after.rates)
        rate *= 2;
    const Shape shape;
    VarianceSide before = sideOf(shape), then = sideOf(after);
    // $1.377 before, 3 × 2 × that after: quantities 1 and 3, prices 137.7 and 275.4 cents.
    const Variance variance = varianceOf(before, then, VarianceMethod::Shapley);
    QCOMPARE(effectOf(variance, Factor::Price), 275);  // 137.7 × 2 = 275.4
    QCOMPARE(effectOf(variance, Factor::Volume), 413); // 2 × 206.55 = 413.1
    QCOMPARE(variance.after - variance.before, 688);   // 826 − 138
}

void VarianceTest::addsUpToTheCent_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 200; ++seed)
        QTest::newRow(qPrintable(QString::number(seed))) << seed;
}

void VarianceTest::addsUpToTheCent()
{
    QFETCH(int, seed);
    std::mt19937 random(static_cast<unsigned>(seed));
    const VarianceSide before = randomSide(random, true), after = randomSide(random, true);
    MoneySum costBefore, costAfter;
    for (const VarianceCell& cell : before.cells)
        costBefore += cell.cost;
    for (const VarianceCell& cell : after.cells)
        costAfter += cell.cost;
    for (const VarianceMethod method : {VarianceMethod::Shapley, VarianceMethod::Sequential}) {
        const Variance variance = varianceOf(before, after, method);
        QCOMPARE(variance.before, divideHalfEven(costBefore.picodollars(), picodollarsPerCent));
        QCOMPARE(sumOf(variance), divideHalfEven(costAfter.picodollars(), picodollarsPerCent));
        QCOMPARE(variance.after, sumOf(variance));
    }
}

void VarianceTest::isTheMeanOverAllOrders()
{
    for (unsigned seed = 1; seed <= 10; ++seed) {
        std::mt19937 random(seed);
        const VarianceSide before = randomSide(random, false), after = randomSide(random, false);
        const std::array<const VarianceSide*, 2> sides{&before, &after};
        std::array<unsigned, factorCount> order{};
        std::iota(order.begin(), order.end(), 0U);
        std::array<double, factorCount> effects{};
        int orders = 0;
        do {
            unsigned changed = 0;
            for (const unsigned factor : order) {
                const double without = spendOf(sides, changed);
                changed |= 1U << factor;
                effects[factor] += spendOf(sides, changed) - without;
            }
            ++orders;
        } while (std::next_permutation(order.begin(), order.end()));
        QCOMPARE(orders, 5040);
        const Variance variance = varianceOf(before, after, VarianceMethod::Shapley);
        for (std::size_t factor = 0; factor < factorCount; ++factor)
            QVERIFY2(std::abs(static_cast<double>(variance.factors[factor]) - effects[factor] / orders) < 1.01,
                     qPrintable(QStringLiteral("factor %1: %2 for %3")
                                    .arg(factor)
                                    .arg(variance.factors[factor])
                                    .arg(effects[factor] / orders)));
    }
}

void VarianceTest::newAndRetiredFeaturesStandApart()
{
    VarianceSide before = sideOf({}), after = sideOf({});
    before.cells.push_back(cellOf("old", "opus", {.calls = 1000}));
    before.traces.emplace_back("old", 10);
    after.cells.push_back(cellOf("new", "opus", {.calls = 2000}));
    after.traces.emplace_back("new", 10);
    const Variance variance = varianceOf(before, after, VarianceMethod::Shapley);
    QCOMPARE(variance.newItems, 918); // 2000 × 0.459 cents
    QCOMPARE(variance.retired, -459);
    for (const std::int64_t factor : variance.factors)
        QCOMPARE(factor, 0); // how many traces others had is nothing to them
}

void VarianceTest::aNewModelIsMix()
{
    Shape cheap;
    for (std::int64_t& rate : cheap.rates)
        rate /= 10;
    VarianceSide after = sideOf({.calls = 150});
    cheap.calls = 150;
    after.cells.push_back(cellOf("chat", "haiku", cheap));
    const Variance variance = varianceOf(sideOf({}), after, VarianceMethod::Shapley);
    QCOMPARE(effectOf(variance, Factor::ModelMix), variance.after - variance.before);
    QVERIFY(variance.after < variance.before);
}

void VarianceTest::sequentialTelescopes()
{
    std::mt19937 random(7);
    const VarianceSide before = randomSide(random, false), after = randomSide(random, false);
    const std::array<const VarianceSide*, 2> sides{&before, &after};
    const Variance variance = varianceOf(before, after, VarianceMethod::Sequential);
    unsigned changed = 0;
    for (unsigned factor = 0; factor < factorCount; ++factor) {
        const double without = spendOf(sides, changed);
        changed |= 1U << factor;
        QVERIFY(std::abs(static_cast<double>(variance.factors[factor]) - (spendOf(sides, changed) - without)) < 1.01);
    }
}

void VarianceTest::withoutTracesThePriceHasIt()
{
    VarianceSide before = sideOf({}), after = sideOf({.calls = 600});
    after.traces.clear();
    const Variance variance = varianceOf(before, after, VarianceMethod::Shapley);
    QCOMPARE(effectOf(variance, Factor::Price), variance.after - variance.before);
}

void VarianceTest::callsWithoutUsageExplainNothing()
{
    VarianceSide before = sideOf({}), after = sideOf({.tokensPerCall = 2000});
    for (VarianceSide* side : {&before, &after})
        side->cells.push_back({.feature = "chat", .calls = 10});
    const Variance variance = varianceOf(before, after, VarianceMethod::Shapley);
    QCOMPARE(effectOf(variance, Factor::TokensPerCall), 137);
    QCOMPARE(effectOf(variance, Factor::Price), 0);
}

void VarianceTest::usageThatIsMissingIsFewerTokens()
{
    const VarianceSide after{.cells = {{.feature = "chat", .model = "opus", .calls = 300}}, .traces = {{"chat", 100}}};
    const Variance variance = varianceOf(sideOf({}), after, VarianceMethod::Shapley);
    QCOMPARE(effectOf(variance, Factor::TokensPerCall), -138);
}

void VarianceTest::nothingChanges()
{
    QCOMPARE(varianceOf({}, {}, VarianceMethod::Shapley), Variance());
    const Variance same = varianceOf(sideOf({}), sideOf({}), VarianceMethod::Shapley);
    QCOMPARE(same, (Variance{.before = 138, .after = 138}));
}

void VarianceTest::shares_data()
{
    QTest::addColumn<QList<double>>("parts");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<QList<qint64>>("whole");
    QTest::newRow("thirds") << QList<double>{1 / 3., 1 / 3., 1 / 3.} << qint64(1) << QList<qint64>{1, 0, 0};
    QTest::newRow("the largest remainder") << QList<double>{1.2, 2.7, 3.1} << qint64(7) << QList<qint64>{1, 3, 3};
    QTest::newRow("negative ones") << QList<double>{-1.5, 0.4, 2.1} << qint64(1) << QList<qint64>{-1, 0, 2};
    QTest::newRow("one too many") << QList<double>{1, 1} << qint64(1) << QList<qint64>{1, 0};
    QTest::newRow("far too few") << QList<double>{0, 0} << qint64(5) << QList<qint64>{3, 2};
    QTest::newRow("none") << QList<double>() << qint64(0) << QList<qint64>();
}

void VarianceTest::shares()
{
    QFETCH(QList<double>, parts);
    QFETCH(qint64, total);
    QFETCH(QList<qint64>, whole);
    const std::vector<std::int64_t> answer = apportioned({parts.begin(), parts.end()}, total);
    QCOMPARE(QList<qint64>(answer.begin(), answer.end()), whole);
}

QTEST_GUILESS_MAIN(VarianceTest)
#include "variance_test.moc"
