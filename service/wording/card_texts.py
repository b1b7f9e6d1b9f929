"""The texts of the cards: for each kind an observation, then its acts in the order of the deck."""

from collections.abc import Mapping

from service.ruptures import Register, Rupture

_TEAM, _FAMILY, _CHILD = Register

CARDS: Mapping[Rupture, Mapping[Register, tuple[str, ...]]] = {
    Rupture.EFFORT_UNSEEN: {
        _TEAM: (
            "When effort goes by without a word, it can feel as if it counts for little.",
            "Try thanking one person for one thing they did.",
            "Try telling someone else what one person did.",
            "Try noting one job a day that someone took off your hands.",
        ),
        _FAMILY: (
            "When chores go by without a word, they can start to feel heavy.",
            "Try thanking one person at home for one small job.",
            "Try saying out loud who did a job, with others there.",
            "Try doing one job that is often left to someone else.",
        ),
        _CHILD: (
            "It feels nice when help gets seen.",
            "Try saying thank you for one thing today.",
        ),
    },
    Rupture.REPLY_WAITING: {
        _TEAM: (
            "When a question sits without an answer, the next step can stall.",
            "Try sending one short “yes”, “no” or “by Friday” today.",
            "Try answering one open question that was put to the group.",
            "Try putting a day next to one question of your own.",
        ),
        _FAMILY: (
            "When a message waits, it can be hard to plan.",
            "Try one quick yes, no or later today.",
            "Try asking at home if a question is still open.",
            "Try adding a day to the next thing you ask.",
        ),
        _CHILD: (
            "Waiting for an answer can be hard.",
            "Try telling someone yes, no or later.",
        ),
    },
    Rupture.PERSONAL_WAITING: {
        _TEAM: (
            "When someone shares something personal, silence can be hard to read.",
            "Try a line such as “I read this, and I'm glad you told me”.",
            "Try asking one person how they are, with time for the answer.",
            "Try telling one person what kind of reply helps you.",
        ),
        _FAMILY: (
            "When someone shares a worry, a short reply can mean a lot.",
            "Try one line, or one call, to someone having a hard week.",
            "Try sitting with someone for ten minutes, with no advice.",
            "Try sharing one worry of your own.",
        ),
        _CHILD: (
            "When someone tells a sad thing, listening helps.",
            "Try saying “thanks for telling me”.",
        ),
    },
    Rupture.DIVIDED_ATTENTION: {
        _TEAM: (
            "When screens are open {where}, the speaker can lose the thread.",
            "Try closing yours for the first ten minutes.",
            "Try asking for one part of the talk with screens shut.",
            "Try one walk and talk without a screen.",
        ),
        _FAMILY: (
            "When a phone is out {where}, talk can feel like second place.",
            "Try putting phones in another room for one meal.",
            "Try one question about what was just said.",
            "Try one walk without a phone.",
        ),
        _CHILD: (
            "It's nice when someone looks up and listens.",
            "Try putting the screen down and looking.",
        ),
    },
    Rupture.TALKED_OVER: {
        _TEAM: (
            "When a point gets cut short {where}, the rest may stay unsaid.",
            "Try letting one person finish before you come in.",
            "Try asking one person to go on with their point.",
            "Try going round once, so each point gets to its end.",
        ),
        _FAMILY: (
            "When a story gets cut short, the teller may give up.",
            "Try asking one person for the rest of their story.",
            "Try saying “let's hear the end” once.",
            "Try counting to two before you speak.",
        ),
        _CHILD: (
            "It's nice to get to the end of a story.",
            "Try waiting until someone is done.",
        ),
    },
    Rupture.SHARP_TONE: {
        _TEAM: (
            "When a reply {where} is short, it can sound cross.",
            "Try one warm first line before the point.",
            "Try asking what someone meant before you guess.",
            "Try a short break before one reply.",
        ),
        _FAMILY: (
            "When days are long, words can come out sharp.",
            "Try saying one thing again more gently.",
            "Try making someone a cup of tea after a long day.",
            "Try ten quiet minutes before you talk about a hard thing.",
        ),
        _CHILD: (
            "A loud voice can feel scary.",
            "Try one thing in a soft voice.",
        ),
    },
    Rupture.JOKE_LANDED: {
        _TEAM: (
            "When a joke is about a person, laughing along can be hard.",
            "Try keeping jokes off one another this week.",
            "Try changing the subject when a joke is about someone.",
            "Try one joke about yourself instead.",
        ),
        _FAMILY: (
            "When teasing goes on, it can stop being fun for one side.",
            "Try leaving one old joke out.",
            "Try telling a story that makes someone proud.",
            "Try asking if a nickname is still okay.",
        ),
        _CHILD: (
            "Some jokes can make people sad.",
            "Try a joke that isn't about a person.",
        ),
    },
    Rupture.LOOK_OR_SIGH: {
        _TEAM: (
            "When there's a sigh {where}, it can be hard to know what it means.",
            "Try saying it in words: “I see it another way”.",
            "Try asking one quiet person for their view.",
            "Try one slow breath before you answer.",
        ),
        _FAMILY: (
            "When there's a sigh, the other side may guess wrong.",
            "Try telling them in words instead.",
            "Try asking in a kind voice what a sigh is about.",
            "Try saying so when you are just tired.",
        ),
        _CHILD: (
            "A big sigh can feel bad.",
            "Try using words.",
        ),
    },
    Rupture.SLIPPED_PROMISE: {
        _TEAM: (
            "When a promise has no new date, someone may be holding for it.",
            "Try giving one new date, or saying it's off.",
            "Try asking one person what they are waiting for.",
            "Try writing down one promise with its day.",
        ),
        _FAMILY: (
            "When a plan slips, the wait can be hard.",
            "Try picking a new day for one thing.",
            "Try offering to help with a plan that got stuck.",
            "Try promising one small thing you can do today.",
        ),
        _CHILD: (
            "Waiting for a promise can be hard.",
            "Try picking a day for it.",
        ),
    },
    Rupture.ONE_SIDED_START: {
        _TEAM: (
            "When one person does most of the starting, it can get tiring.",
            "Try starting one catch-up this week.",
            "Try thanking someone who often gets people together.",
            "Try asking who would like to start the next one.",
        ),
        _FAMILY: (
            "When one person makes most of the plans, being asked can feel good.",
            "Try planning one small thing.",
            "Try thanking the one who planned the last outing.",
            "Try calling someone who often calls you.",
        ),
        _CHILD: (
            "It's fun to be asked to play.",
            "Try asking someone today.",
        ),
    },
    Rupture.LEFT_OUT: {
        _TEAM: (
            "When a plan is heard late, there may be little room to shape it.",
            "Try telling one person about a choice before it's settled.",
            "Try asking who else would like to hear this.",
            "Try asking early about one choice that touches you.",
        ),
        _FAMILY: (
            "When plans are made without a word, someone can feel left out.",
            "Try asking one person before you decide.",
            "Try asking who doesn't know of a plan yet.",
            "Try saying early what you would like to join.",
        ),
        _CHILD: (
            "It's hard not to know the plan.",
            "Try telling someone what's next.",
        ),
    },
    Rupture.CREDIT_ASTRAY: {
        _TEAM: (
            "When work is shown without a name, its maker can feel unseen.",
            "Try naming who did what, once, this week.",
            "Try adding one name that belongs to a piece of work.",
            "Try saying who helped with your own work.",
        ),
        _FAMILY: (
            "When two people do a job, both names matter.",
            "Try saying who helped.",
            "Try asking who else was part of a job.",
            "Try passing on one thanks to the person it belongs to.",
        ),
        _CHILD: (
            "It's nice when names are said.",
            "Try telling who helped.",
        ),
    },
    Rupture.DAY_MISSED: {
        _TEAM: (
            "When a day that matters passes quietly, a late kind word is still welcome.",
            "Try sending one.",
            "Try asking one person which day matters to them.",
            "Try putting one such day in your calendar.",
        ),
        _FAMILY: (
            "When a day that matters passes quietly, it can sting.",
            "Try marking one, even late.",
            "Try asking at home whose day comes next.",
            "Try telling someone which day matters to you.",
        ),
        _CHILD: (
            "Special days feel good to share.",
            "Try making a card for someone.",
        ),
    },
    Rupture.SPACE_NOT_KEPT: {
        _TEAM: (
            "When messages come in outside work hours, switching off can be hard.",
            "Try scheduling one for the morning.",
            "Try adding “this can wait” to one message.",
            "Try telling one person which hours are quiet for you.",
        ),
        _FAMILY: (
            "When quiet time gets cut short, it's hard to rest.",
            "Try asking “is now okay?” first.",
            "Try taking over one thing so that someone can rest.",
            "Try saying when you need some quiet.",
        ),
        _CHILD: (
            "Time alone can feel good.",
            "Try knocking and waiting for a yes.",
        ),
    },
}
