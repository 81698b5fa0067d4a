// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/column_help.h"

#include <QCoreApplication>
#include <QHash>

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(ColumnHelp)
};

QHash<QString, QString> helpById()
{
    const QString ofCost = Texts::tr("Each bucket of tokens times its price in the row of the model that held on the "
                                     "call's day; calls without usage or price are not in it");
    const QString ofTokens =
        Texts::tr("Input and output together; tokens read from a cache or written to one are input");
    return {
        {u"spend"_s, ofCost},
        {u"cost"_s, ofCost},
        {u"money"_s, ofCost},
        {u"spent"_s, ofCost},
        {u"tokens"_s, ofTokens},
        {u"units"_s, Texts::tr("How much of it the call used, as its price row counts")},
        {u"rate"_s, Texts::tr("Of the price row that held when the call began")},
        {u"input"_s, Texts::tr("Tokens of the prompt: uncached, read from a cache and written to one")},
        {u"output"_s, Texts::tr("Tokens of the answer, those of its reasoning among them")},
        {u"cached"_s, Texts::tr("Input tokens that were read from a cache")},
        {u"cache-hit"_s, Texts::tr("Of the input tokens, read from a cache")},
        {u"calls"_s, Texts::tr("Calls of a model that are billed; steps that only wrap them are none")},
        {u"share"_s, Texts::tr("Of what all rows come to")},
        {u"change"_s, Texts::tr("Against what it is compared with, in percent of that; ≈ where chance may explain it")},
        {u"before"_s, Texts::tr("In what it is compared with")},
        {u"make-up"_s, Texts::tr("Tokens by what they are in the prompt or the answer, as they were split")},
        {u"trend"_s, Texts::tr("Spend day by day")},
        {u"waste"_s, Texts::tr("Of the cost, what is certainly or likely wasted; a token counts in one drain at most")},
        {u"wasted"_s, Texts::tr("Of the tokens, what is certainly or likely wasted")},
        {u"latency"_s, Texts::tr("From the start of a call to the end of its answer")},
        {u"duration"_s, Texts::tr("From the start of a step to its end")},
        {u"score"_s, Texts::tr("Mean of the numeric scores its traces were given")},
        {u"efficiency"_s, Texts::tr("Scores for each dollar")},
        {u"cost-of-call"_s, Texts::tr("Cost divided by the calls whose cost is known")},
        {u"bytes"_s, Texts::tr("UTF-8 bytes of the text")},
        {u"offered"_s, Texts::tr("Calls whose prompt holds the definition")},
        {u"called"_s, Texts::tr("Calls whose answer calls the tool")},
        {u"hours"_s, Texts::tr("Time within which it is counted")},
        {u"per-month"_s, Texts::tr("At the rate a day of these calls, over 30 days")},
        {u"per1000"_s, Texts::tr("For a thousand calls")},
        {u"records"_s, Texts::tr("Records that were read, whatever they held")},
        {u"kept"_s, Texts::tr("What of the source is kept: texts, digests of them, or figures alone")},
        {u"count"_s, Texts::tr("How many there are")},
        {u"period"_s, Texts::tr("Of the filter's period")},
        {u"now"_s, Texts::tr("As the calls were billed")},
        {u"scenario"_s, Texts::tr("With the levers that are on")},
        {u"saving"_s, Texts::tr("As billed less with the levers that are on")},
        {u"left"_s, Texts::tr("Of the first")},
        {u"right"_s, Texts::tr("Of the second")},
        {u"difference"_s, Texts::tr("What the second has more than the first")},
        {u"forecast"_s,
         Texts::tr("Of the whole month, from days like those to come; its interval holds four of five times")},
        {u"budget"_s, Texts::tr("For the month, as it was planned")},
        {u"billed"_s, Texts::tr("What the provider's bill says of the month")},
        {u"traced"_s, Texts::tr("What the calls of the month come to, whichever source told of them")},
        {u"used"_s, Texts::tr("What is spent to date, of the budget")},
        {u"number"_s, Texts::tr("Its place: the first that holds has the call")},
        {u"expected"_s, Texts::tr("What such a day usually comes to")},
        {u"discount"_s, Texts::tr("Taken off the list price of each bucket")},
    };
}

} // namespace

QString columnHelp(const QString& id)
{
    static const QHash<QString, QString> help = helpById();
    return help.value(id);
}

} // namespace plumbline
