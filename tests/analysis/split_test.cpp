// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <numeric>
#include <random>

#include "model/analysis/calibration.h"
#include "model/analysis/packed.h"
#include "model/analysis/split.h"

using namespace plumbline;
using namespace plumbline::analysis;

/// How the tokens of a prompt are split, part by part, on numbers one can check by hand.
class SplitTest : public QObject
{
    Q_OBJECT

private slots:
    /// A chat with tools, two turns and a retrieved document: what was answered already is history.
    void everyBlockHasItsSegment()
    {
        using enum BlockRole;
        using enum BlockKind;
        const std::vector<PlacedBlock> prompt{{System, ToolDefinition, 0}, {System, Text, 0},     {User, Text, 1},
                                              {Assistant, ToolCall, 2},    {Tool, ToolResult, 3}, {Assistant, Text, 4},
                                              {User, Document, 5},         {User, Text, 5},       {User, Media, 5}};
        std::vector<Segment> segments(prompt.size());
        assignSegments(prompt, segments);
        QCOMPARE(segments,
                 (std::vector{Segment::Tools, Segment::System, Segment::History, Segment::History, Segment::ToolResult,
                              Segment::History, Segment::Context, Segment::User, Segment::Other}));
    }

    void sharesAddUpAndAreNoTokenOff()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 2000; ++round) {
            std::vector<double> estimates(1 + random() % 12);
            for (double& estimate : estimates)
                estimate = static_cast<double>(random() % 1000) / 7;
            const std::uint32_t total = random() % 50'000;
            std::vector<std::uint32_t> tokens(estimates.size());
            splitLargestRemainder(estimates, total, tokens);
            QCOMPARE(std::accumulate(tokens.begin(), tokens.end(), 0U), total);
            const double sum = std::accumulate(estimates.begin(), estimates.end(), 0.0);
            for (std::size_t i = 0; sum > 0 && i < tokens.size(); ++i)
                QVERIFY(std::abs(tokens[i] - estimates[i] / sum * total) < 1);
        }
        // 10 by thirds: the first has the token that is left over.
        std::vector<std::uint32_t> thirds(3);
        splitLargestRemainder(std::vector{1.0, 1.0, 1.0}, 10, thirds);
        QCOMPARE(thirds, (std::vector<std::uint32_t>{4, 3, 3}));
        // Nothing is known: all of it lies behind.
        std::vector<std::uint32_t> none(3);
        splitLargestRemainder(std::vector{0.0, 0.0, 0.0}, 7, none);
        QCOMPARE(none, (std::vector<std::uint32_t>{0, 0, 7}));
    }

    /// A conversation that is sent again and again: what each turn adds is the difference of two totals.
    void differencesBetweenCallsWeighTheirBlocks()
    {
        const std::vector<double> truth{1000, 200, 120, 340, 90, 260};
        std::vector<double> estimates;
        for (std::size_t i = 0; i < truth.size(); ++i)
            estimates.push_back(truth[i] * (i % 2 ? 1.05 : 0.96));
        Occurrences calls;
        for (std::size_t turns = 1; turns <= truth.size(); ++turns) {
            double total = 0;
            for (std::size_t block = 0; block < turns; ++block) {
                calls.blocks.push_back(static_cast<std::uint32_t>(block));
                total += truth[block];
            }
            calls.ends.push_back(static_cast<std::uint32_t>(calls.blocks.size()));
            calls.totals.push_back(total);
        }
        reconcile(calls, estimates);
        // Totals are believed to a fifth of a percent: of up to 2,010 tokens that is four.
        for (std::size_t i = 0; i < truth.size(); ++i)
            QVERIFY2(std::abs(estimates[i] - truth[i]) <= 4, std::to_string(estimates[i]).c_str());
        // A call whose total its blocks cannot explain says nothing of them.
        std::vector<double> untouched{100, 100};
        reconcile({.ends = {2}, .blocks = {0, 1}, .totals = {5000}}, untouched);
        QCOMPARE(untouched, (std::vector<double>{100, 100}));
    }

    /// A vocabulary that needs a fifth more than its family is found in a hundred calls, and what surrounds messages.
    void weightsAreFittedToWhatIsReported()
    {
        const ModelWeights family = familyWeights("gpt-4o");
        std::mt19937 random(11);
        std::vector<CalibrationCall> calls(100);
        for (CalibrationCall& call : calls) {
            for (double& counter : call.text)
                counter = random() % 40;
            call.messages = 1 + random() % 8;
            ModelWeights truth = family;
            for (double& weight : truth.text)
                weight *= 1.2;
            call.total = std::round(estimateOf(truth, call));
        }
        const ModelWeights fitted = calibrate(family, calls);
        QVERIFY(fitted.method == SplitMethod::Calibrated);
        QCOMPARE(fitted.calls, 100);
        for (const CalibrationCall& call : calls)
            QVERIFY(std::abs(estimateOf(fitted, call) / call.total - 1) < 0.01);
        // Nine calls are too few to say anything.
        QVERIFY(calibrate(family, {calls.begin(), calls.begin() + 9}) == family);
    }

    void oneAnswerOfAnotherKindMovesNoWeight()
    {
        const ModelWeights family = familyWeights("gpt-4o");
        std::vector<CalibrationCall> calls(60);
        std::mt19937 random(5);
        for (CalibrationCall& call : calls) {
            for (double& counter : call.text)
                counter = 1 + random() % 40;
            call.messages = 2;
            call.total = std::round(estimateOf(family, call));
        }
        calls[7].total *= 9; // an image that nobody logged
        const ModelWeights fitted = calibrate(family, calls);
        QVERIFY(std::abs(estimateOf(fitted, calls[0]) / calls[0].total - 1) < 0.01);
    }

    void whatIsPackedIsReadAsItWas()
    {
        const std::array<std::uint32_t, inputSegmentCount> segments{1, 0, 300, 70'000, 5, 4'000'000'000U, 2};
        const std::vector<Claim> claims{{.drain = 3,
                                         .confidence = Confidence::Opportunity,
                                         .segment = Segment::Reasoning,
                                         .tokens = 4'000'000'000U,
                                         .cached = 17,
                                         .money = INT64_MAX},
                                        {.drain = 19, .confidence = Confidence::Beside}};
        std::string bytes;
        appendPacked(bytes, SplitMethod::Reconciled, segments, {.historyTurns = 12, .documents = 65'535}, claims);
        CallAnalysis read;
        QVERIFY(readPacked(bytes, read));
        QVERIFY(read == (CallAnalysis{.method = SplitMethod::Reconciled,
                                      .segments = segments,
                                      .shape = {.historyTurns = 12, .documents = 65'535},
                                      .claims = claims}));
    }

    /// A workspace may be damaged: what is cut is refused unless it ends between two claims, and any bytes are read
    /// without harm.
    void damagedBytesAreRefused()
    {
        const std::array<std::uint32_t, inputSegmentCount> segments{1, 2, 300, 4, 5, 6, 7};
        const Claim claim{.drain = 1, .tokens = 300, .cached = 200, .money = 123'456'789};
        std::string head, one;
        appendPacked(head, SplitMethod::Calibrated, segments, {}, {});
        appendPacked(one, SplitMethod::Calibrated, segments, {}, std::vector{claim});
        CallAnalysis read;
        for (std::size_t size = 0; size < one.size(); ++size)
            QCOMPARE(readPacked(std::string_view(one).substr(0, size), read), size == head.size());
        std::mt19937 random(9);
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes(random() % 60, '\0');
            for (char& byte : bytes)
                byte = static_cast<char>(random());
            if (!readPacked(bytes, read))
                continue;
            for (const Claim& any : read.claims) {
                QVERIFY(any.cached <= any.tokens);
                QVERIFY(any.money >= 0);
            }
        }
    }
};

QTEST_GUILESS_MAIN(SplitTest)
#include "split_test.moc"
