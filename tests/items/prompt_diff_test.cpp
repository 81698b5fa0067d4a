// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/prompt_diff.h"

#include <QTest>

using namespace plumbline;
using namespace Qt::StringLiterals;
using Kind = PromptDiff::Row::Kind;

/// Two prompts side by side: what is the same, and the first bytes that differ.
class PromptDiffTest : public QObject
{
    Q_OBJECT

private:
    static PromptBlock text(std::int64_t id, std::string text, BlockRole role = BlockRole::User)
    {
        const auto bytes = static_cast<std::int64_t>(text.size());
        return {.block = id, .role = role, .bytes = bytes, .text = std::make_shared<std::string>(std::move(text))};
    }
    static QList<Kind> kinds(const PromptDiff& diff)
    {
        QList<Kind> all;
        for (const PromptDiff::Row& row : diff.rows)
            all += row.kind;
        return all;
    }

private slots:
    void equalBlocksAreOnlyNamed()
    {
        const PromptAnswer prompt{.blocks = {text(1, "Be brief.", BlockRole::System), text(2, "Hello")}};
        const PromptDiff diff = diffOf(prompt, prompt);
        QCOMPARE(kinds(diff), QList<Kind>({Kind::SameBlock, Kind::SameBlock}));
        QVERIFY(!diff.firstDifference);
        QVERIFY(diff.hasTexts);
    }

    /// A time in the system prompt: what comes before it could be cached, what comes after it cannot.
    void theFirstDifferingByteIsCounted()
    {
        const PromptAnswer left{
            .blocks = {text(1, "Rules.", BlockRole::System), text(2, "It is 10:15 now.\nBe kind.")}};
        const PromptAnswer right{
            .blocks = {text(1, "Rules.", BlockRole::System), text(3, "It is 10:17 now.\nBe kind.")}};
        const PromptDiff diff = diffOf(left, right);
        QCOMPARE(diff.firstDifference, std::optional<qint64>(6 + 10)); // "Rules." and "It is 10:1"
        QCOMPARE(kinds(diff), QList<Kind>({Kind::SameBlock, Kind::Block, Kind::Changed, Kind::Same}));
        QCOMPARE(diff.rows[2].leftMark, (PromptDiff::Mark{10, 1}));
        QCOMPARE(diff.rows[2].rightMark, (PromptDiff::Mark{10, 1}));
    }

    void bytesAreCountedNotCharacters()
    {
        const PromptDiff diff = diffOf({.blocks = {text(1, "Grüße 1")}}, {.blocks = {text(2, "Grüße 2")}});
        QCOMPARE(diff.firstDifference, std::optional<qint64>(8)); // ü and ß take two bytes each
    }

    void aPairOfSurrogatesIsNotTornApart()
    {
        // U+1F600 and U+1F601 share their first half in UTF-16.
        const PromptDiff diff =
            diffOf({.blocks = {text(1, "a\xF0\x9F\x98\x80")}}, {.blocks = {text(2, "a\xF0\x9F\x98\x81")}});
        QCOMPARE(diff.rows[1].leftMark.first, 1);
        QCOMPARE(diff.firstDifference, std::optional<qint64>(1));
    }

    /// A block more on one side moves the others, which are found again behind it.
    void aBlockMoreIsOneSidedAndTheRestIsFoundAgain()
    {
        const PromptDiff diff = diffOf({.blocks = {text(1, "A"), text(2, "B"), text(3, "C")}},
                                       {.blocks = {text(1, "A"), text(9, "new"), text(2, "B"), text(3, "C")}});
        QCOMPARE(kinds(diff),
                 QList<Kind>({Kind::SameBlock, Kind::Block, Kind::RightOnly, Kind::SameBlock, Kind::SameBlock}));
        QCOMPARE(diff.rows[2].right, u"new"_s);
        QCOMPARE(diff.firstDifference, std::optional<qint64>(1));
    }

    void longRunsOfEqualLinesAreCounted()
    {
        std::string left, right;
        for (int i = 0; i < 50; ++i) {
            left += "line " + std::to_string(i) + "\n";
            right += (i == 20 ? std::string("other") : "line " + std::to_string(i)) + "\n";
        }
        const PromptDiff diff = diffOf({.blocks = {text(1, left)}}, {.blocks = {text(2, right)}});
        // The head, what is skipped, two lines, the change, two lines, and what is skipped again.
        QCOMPARE(kinds(diff), QList<Kind>({Kind::Block, Kind::Skipped, Kind::Same, Kind::Same, Kind::Changed,
                                           Kind::Same, Kind::Same, Kind::Skipped}));
        QVERIFY(diff.rows[1].left.startsWith(u"18 "_s));
    }

    void textsThatAreNotKeptAreToldApartByTheirDigests()
    {
        const PromptBlock unknown{.block = 7, .bytes = 100};
        const PromptDiff diff = diffOf({.blocks = {text(1, "A"), unknown}}, {.blocks = {text(1, "A"), text(2, "B")}});
        QCOMPARE(kinds(diff), QList<Kind>({Kind::SameBlock, Kind::Block}));
        QVERIFY(!diff.hasTexts);
        QCOMPARE(diff.firstDifference, std::optional<qint64>(1));
    }

    /// A prompt of one long line: what differs far behind is what is to be seen.
    void aLongLineIsShownAroundItsMark()
    {
        const QString line = QString(10'000, u'a') + u"HERE"_s + QString(10'000, u'b');
        PromptDiff::Mark mark{10'000, 4};
        const QString shown = excerptOf(line, mark, 400);
        QVERIFY(shown.size() < 410);
        QCOMPARE(shown.mid(mark.first, mark.count), u"HERE"_s);
        QVERIFY(shown.startsWith(u"… a"_s));
        QVERIFY(shown.endsWith(u"b …"_s));
        PromptDiff::Mark whole{2, 1};
        QCOMPARE(excerptOf(u"abcd"_s, whole, 400), u"abcd"_s);
        QCOMPARE(whole, (PromptDiff::Mark{2, 1}));
        // All of a line is marked: as much as there is room for.
        PromptDiff::Mark all{0, line.size()};
        const QString begin = excerptOf(line, all, 400);
        QCOMPARE(all, (PromptDiff::Mark{0, 400}));
        QVERIFY(begin.size() < 410);
    }

    void answersAreNoPartOfAPrompt()
    {
        PromptBlock answer = text(5, "one");
        answer.isOutput = true;
        PromptBlock other = text(6, "two");
        other.isOutput = true;
        QVERIFY(!diffOf({.blocks = {text(1, "A"), answer}}, {.blocks = {text(1, "A"), other}}).firstDifference);
    }

    void nothingToCompareIsNothing()
    {
        QVERIFY(diffOf({}, {}).rows.isEmpty());
        QCOMPARE(kinds(diffOf({.blocks = {text(1, "A")}}, {})), QList<Kind>({Kind::Block, Kind::LeftOnly}));
    }
};

QTEST_GUILESS_MAIN(PromptDiffTest)
#include "prompt_diff_test.moc"
