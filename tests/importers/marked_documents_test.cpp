// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/split_lines.h"

using namespace plumbline;
using namespace plumbline::test;

/// Retrieved documents that stand in messages, marked up as vendors advise.
class MarkedDocumentsTest : public QObject
{
    Q_OBJECT

private slots:
    /// Documents that stand in a message are blocks of their own, and nothing of the message is lost.
    void markedUpDocumentsAreDocuments()
    {
        const std::string faq = "<document index=2><source>faq.md</source><document_content>Gift cards are not "
                                "refunded.</document_content></document>";
        const std::string message = "Answer from these.\n<documents>\n<document id=a-1>\nReturns are free for thirty "
                                    "days.\n</document>\n" +
                                    faq + "\n</documents>\nMay I return a card?";
        QCOMPARE(
            inputBlocks(userSays(message)),
            (Lines{"0 user text Answer from these.\\n<documents>\\n",
                   "0 user document #a-1 @0 <document id=a-1>\\nReturns are free for thirty days.\\n</document>\\n",
                   "0 user document #2 @1 " + QString::fromStdString(faq) + "\\n",
                   "0 user text </documents>\\nMay I return a card?"}));
        // Ids may stand in quotes, or in an element.
        QCOMPARE(inputBlocks(userSays("<doc name='the faq' id=\"x y\">Returns are free for thirty days.</doc>"))
                     .first()
                     .section(' ', 3, 4),
                 "#x y");
        QCOMPARE(inputBlocks(userSays("<doc><source>faq.md</source>Returns are free for thirty days.</doc>"))
                     .first()
                     .section(' ', 3, 3),
                 "#faq.md");
    }

    /// A wrapper is none: the documents in it are found one by one; without any it is one itself.
    void aContextIsItsDocuments()
    {
        const std::string two = "<doc id=1>Returns are free for thirty days.</doc>"
                                "<doc id=2>Gift cards are not refunded.</doc>";
        const Lines lines = inputBlocks(userSays("<context>" + two + "</context>"));
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines[1].startsWith("0 user document #1 @0"));
        QVERIFY(lines[2].startsWith("0 user document #2 @1"));
        QVERIFY(
            inputBlocks(userSays("<context>Returns are free for thirty days.</context>")).first().contains("document"));
        // Of instructions it is as often a part.
        const std::string says = "{\"messages\":[{\"role\":\"system\",\"content\":" +
                                 asString("<context>You work for a shop that sells tents.</context>") + "}]}";
        QVERIFY(inputBlocks(says).first().startsWith("0 system text"));
        // However deep they lie in one another, in a time that grows with the text.
        QVERIFY(inputBlocks(userSays(repeated("<context>", 200'000) + two + "</context>")).size() > 2);
    }

    void talkAboutDocumentsIsNone()
    {
        for (const char* text : {"Wrap each in <document>…</document> tags.", "<doc>never closed, however long it is",
                                 "a <document_type>of some length</document_type> is none", "if (a <doc && b> doc) {}"})
            QCOMPARE(inputBlocks(userSays(text)).size(), 1);
    }

    void markedUpDocumentsOfAnswersAreText()
    {
        const std::string text = "<document>This is what you have asked for.</document>";
        QCOMPARE(outputBlocks("{\"role\":\"assistant\",\"content\":" + asString(text) + "}"),
                 Lines{"> 0 assistant text " + QString::fromStdString(text)});
    }

    /// Squared, a hostile text of tags that nobody closes would take an hour.
    void unclosedTagsTakeNoTime()
    {
        QCOMPARE(inputBlocks(userSays(repeated("<doc ><context ><document >", 200'000))).size(), 1);
    }
};

QTEST_GUILESS_MAIN(MarkedDocumentsTest)
#include "marked_documents_test.moc"
