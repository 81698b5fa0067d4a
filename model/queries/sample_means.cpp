// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/sample_means.h"

#include <array>
#include <cmath>
#include <limits>

namespace plumbline {

namespace {

/// std::lgamma keeps the sign where other threads write it.
double logGamma(double x)
{
    int sign = 0;
    return lgamma_r(x, &sign);
}

/// The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22) as Lentz evaluates it.
double incompleteBeta(double x, double a, double b)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    if (x > (a + 1) / (a + b + 2)) // there the fraction converges fast
        return 1 - incompleteBeta(1 - x, b, a);
    constexpr double tiny = 1e-300, exact = 1e-15;
    constexpr int most = 500;
    const auto notZero = [](double value) { return std::abs(value) < tiny ? tiny : value; };
    double c = 1, d = 1 / notZero(1 - (a + b) * x / (a + 1)), fraction = d;
    for (int m = 1; m <= most; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / notZero(1 + even * d);
        c = notZero(1 + even / c);
        fraction *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / notZero(1 + odd * d);
        c = notZero(1 + odd / c);
        const double step = d * c;
        fraction *= step;
        if (std::abs(step - 1) < exact)
            break;
    }
    return std::exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * std::log(x) + b * std::log1p(-x)) * fraction / a;
}

/// What of Student's distribution lies beyond ±t.
double beyond(double t, double freedom)
{
    return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

} // namespace

std::optional<double> MeanChange::chance() const
{
    if (!before.variance || !now.variance)
        return {};
    const double error = *before.variance + *now.variance;
    if (error <= 0) // all traces of a side alike: any difference is one
        return before.mean == now.mean ? 1 : 0;
    const auto part = [](const SampleMean& of) {
        return *of.variance * *of.variance / static_cast<double>(of.traces - 1);
    };
    // Welch and Satterthwaite's degrees of freedom.
    const double freedom = error * error / (part(before) + part(now));
    const double t = std::abs(now.mean - before.mean) / std::sqrt(error);
    return beyond(t, freedom);
}

namespace queries {

namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
constexpr double picodollarsADollar = 1e12, microsecondsASecond = 1e6;

/// What a call says, in the order of SampleMeans.
constexpr std::size_t kinds = 3;
struct Said
{
    std::array<bool, kinds> isKnown;
    std::array<double, kinds> value;
};

Said saidOf(const CallTable& table, std::size_t row)
{
    const unsigned known = table.knownOf(row);
    const bool isFailed = table.originOf(row).status == static_cast<std::uint8_t>(SpanStatus::Error);
    return {.isKnown = {(known & CallTable::Cost) != 0, (known & CallTable::Latency) != 0, true},
            .value = {static_cast<double>(table.cost()[row]) / picodollarsADollar,
                      static_cast<double>(table.latency()[row]) / microsecondsASecond, isFailed ? 1.0 : 0.0}};
}

/// The calls of one trace in one group.
struct Cluster
{
    std::uint32_t group = 0;
    std::uint32_t before = none; ///< another of the same trace
    std::array<std::uint32_t, kinds> calls = {};
    std::array<double, kinds> sums = {};
};

/// Sums by trace and group.
class Clusters
{
public:
    explicit Clusters(std::uint32_t traces) : m_lastOf(traces, none) {}

    void add(std::uint32_t trace, std::uint32_t group, const Said& said)
    {
        std::uint32_t at = trace == 0 ? none : m_lastOf[trace]; // calls of no trace are each their own
        while (at != none && m_clusters[at].group != group)
            at = m_clusters[at].before;
        if (at == none) {
            at = static_cast<std::uint32_t>(m_clusters.size());
            m_clusters.push_back({.group = group, .before = trace == 0 ? none : m_lastOf[trace]});
            if (trace != 0)
                m_lastOf[trace] = at;
        }
        Cluster& cluster = m_clusters[at];
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            if (!said.isKnown[kind])
                continue;
            ++cluster.calls[kind];
            cluster.sums[kind] += said.value[kind];
        }
    }
    std::vector<SampleMeans> means(std::size_t groups) const
    {
        std::vector<SampleMeans> means(groups);
        putMeans(means, 0, &SampleMeans::cost);
        putMeans(means, 1, &SampleMeans::latency);
        putMeans(means, 2, &SampleMeans::failures);
        return means;
    }

private:
    void putMeans(std::vector<SampleMeans>& means, std::size_t kind, SampleMean SampleMeans::*part) const
    {
        std::vector<double> sums(means.size()), residuals(means.size());
        for (const Cluster& of : m_clusters) {
            SampleMean& mean = means[of.group].*part;
            mean.calls += of.calls[kind];
            mean.traces += of.calls[kind] > 0 ? 1 : 0;
            sums[of.group] += of.sums[kind];
        }
        for (std::size_t group = 0; group < means.size(); ++group)
            if (SampleMean& mean = means[group].*part; mean.calls > 0)
                mean.mean = sums[group] / static_cast<double>(mean.calls);
        for (const Cluster& of : m_clusters) {
            const double residual = of.sums[kind] - (means[of.group].*part).mean * of.calls[kind];
            residuals[of.group] += residual * residual;
        }
        for (std::size_t group = 0; group < means.size(); ++group) {
            SampleMean& mean = means[group].*part;
            if (mean.traces < 2)
                continue;
            const auto traces = static_cast<double>(mean.traces), calls = static_cast<double>(mean.calls);
            mean.variance = traces / (traces - 1) * residuals[group] / (calls * calls);
        }
    }

    std::vector<std::uint32_t> m_lastOf; ///< by trace: its newest cluster
    std::vector<Cluster> m_clusters;
};

} // namespace

std::vector<SampleMeans> sampleMeans(GroupNumbers& numbers, const CallTable& table, const RowSet& rows,
                                     const std::vector<EntryKeys>& columns)
{
    const CodedColumn& traces = table.column(CallTable::Trace);
    Clusters byGroup(traces.codeCount()), together(traces.codeCount());
    forEachGroup(numbers, rows, columns, [&](std::uint32_t group, std::size_t row) {
        byGroup.add(traces.codes()[row], group, saidOf(table, row));
    });
    rows.forEach([&](std::size_t row) { together.add(traces.codes()[row], 0, saidOf(table, row)); });
    std::vector<SampleMeans> means = byGroup.means(numbers.size());
    means.push_back(together.means(1).front());
    return means;
}

} // namespace queries

} // namespace plumbline
