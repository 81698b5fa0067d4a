// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <map>

#include "importers/text_import.h"
#include "model/analysis/analysis.h"
#include "model/analysis/packed.h"
#include "model/store/database.h"
#include "model/store/external_id.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// How far the tokens of a segment are from what a real vocabulary counts, where only totals are reported. The traces
/// are in the folder that is the program's first argument.
class AttributionTest : public QObject
{
    Q_OBJECT

public:
    explicit AttributionTest(std::string folder) : m_folder(std::move(folder)) {}

private:
    struct Errors
    {
        double sum = 0; ///< of a call's relative errors
        std::int64_t calls = 0;
        double estimated = 0, truth = 0; ///< tokens of all calls together
        double mean() const { return sum / static_cast<double>(calls); }
        double together() const { return std::abs(estimated - truth) / truth; }
    };
    std::string m_folder;

    /// By segment, of calls in which it has fifty tokens or more.
    std::map<std::string, Errors> errorsOf(const std::string& calls, SplitMethod& least) const
    {
        TemporaryWorkspace workspace;
        { // while an import records nobody else may
            auto import =
                TextImport::begin(workspace.path(), "test", {.name = "apps"}, "langfuse-observations", StopToken());
            std::ifstream traces(m_folder + "/traces-" + calls + ".jsonl");
            for (std::string line; std::getline(traces, line);) {
                line += '\n';
                if (!import || !import->add(line))
                    qFatal("cannot import");
            }
            if (!import->finish({}))
                qFatal("cannot import");
        }
        if (!Analysis::run(workspace.path(), {}, StopToken()))
            qFatal("cannot analyse");
        std::map<std::string, nlohmann::json> truthOf;
        std::ifstream truths(m_folder + "/truth-" + calls + ".jsonl");
        for (std::string line; std::getline(truths, line);) {
            nlohmann::json truth = nlohmann::json::parse(line);
            truthOf[truth["id"]] = truth["segments"];
        }
        const auto database = store::Database::open(workspace.path(), store::OpenMode::ReadOnly);
        auto rows = database->prepare("SELECT packed, observation.span FROM call_analysis "
                                      "JOIN observation ON observation.id = call_analysis.call");
        std::map<std::string, Errors> errors;
        least = SplitMethod::Reconciled;
        std::size_t found = 0;
        analysis::CallAnalysis call;
        while (*rows->next()) {
            if (!analysis::readPacked(rows->text(0), call))
                qFatal("damaged");
            least = std::min(least, call.method);
            const auto truth = truthOf.find(store::unpackedId(rows->text(1)));
            if (truth == truthOf.end())
                continue;
            ++found;
            for (std::size_t i = 0; i < inputSegmentCount; ++i) {
                const std::string name(idOf(static_cast<Segment>(i)));
                const double wanted = truth->second.value(name, 0.0);
                constexpr double fewest = 50;
                if (wanted < fewest)
                    continue;
                Errors& of = errors[name];
                of.sum += std::abs(call.segments[i] - wanted) / wanted;
                ++of.calls;
                of.estimated += call.segments[i];
                of.truth += wanted;
            }
        }
        if (found != truthOf.size())
            qFatal("%zu of %zu calls are analysed", found, truthOf.size());
        return errors;
    }
    static void tell(const char* what, const std::map<std::string, Errors>& errors)
    {
        for (const auto& [segment, of] : errors)
            qInfo("%-12s %-12s mean %.2f %%  together %.2f %%  (%lld calls)", what, segment.c_str(), of.mean() * 100,
                  of.together() * 100, static_cast<long long>(of.calls));
    }
    static double meanOf(const std::map<std::string, Errors>& errors)
    {
        double sum = 0, count = 0;
        for (const auto& [segment, of] : errors) {
            sum += of.sum;
            count += static_cast<double>(of.calls);
        }
        return sum / count;
    }

private slots:
    void aHundredCallsCalibrate()
    {
        SplitMethod least = {};
        const auto errors = errorsOf("100", least);
        tell("100 calls", errors);
        QCOMPARE(errors.size(), 6U); // system, tools, history, context, tool-result, user
        for (const auto& [segment, of] : errors)
            QVERIFY2(of.mean() <= 0.04, segment.c_str());
        QVERIFY(least >= SplitMethod::Calibrated);
    }

    void moreCallsReconcile()
    {
        SplitMethod least = {};
        const auto errors = errorsOf("400", least);
        tell("400 calls", errors);
        QVERIFY2(meanOf(errors) <= 0.02, std::to_string(meanOf(errors)).c_str());
        for (const auto& [segment, of] : errors) {
            QVERIFY2(of.mean() <= 0.04, segment.c_str());
            QVERIFY2(of.together() <= 0.02, segment.c_str());
        }
        QCOMPARE(least, SplitMethod::Reconciled);
    }
};

int main(int argc, char** argv)
{
    if (argc < 2)
        return 2;
    AttributionTest test(argv[1]);
    return QTest::qExec(&test, QStringList{QString::fromLocal8Bit(argv[0])});
}
#include "attribution_test.moc"
