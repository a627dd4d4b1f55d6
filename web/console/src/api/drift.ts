/**
 * Holds the types of the areas of work to the server's own document: where one is changed and not the other, this
 * file fails the build. Nothing of it is in the program.
 */
import type { ConversationSummary } from './conversations';
import type { Group, Message } from './inbox';
import type {
  Candidate,
  Change,
  DraftRevision,
  EntrySummary,
  PairSummary,
  Passage,
  Problem,
  Question,
  Revision,
  Source,
} from './knowledge';
import type { components } from './schema';
import type { Evidence, Explanation, Feature, Ranked } from './tryout';

type Schemas = components['schemas'];

/** The document leaves out which optional fields are always sent; here they all are, and may be `null`. */
type Whole<T> = T extends (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Name in keyof T]-?: Whole<Exclude<T[Name], undefined>> }
    : T;

/** What the server sends has to fit what the console reads. */
type Fits<Read, Sent extends Read> = Sent;

export type Held = [
  Fits<PairSummary, Whole<Schemas['PairSummary']>>,
  Fits<Passage, Whole<Schemas['PassageLine']>>,
  Fits<Omit<Source, 'kind'>, Whole<Schemas['SourceLine']>>,
  Fits<EntrySummary, Whole<Schemas['EntryLine']>>,
  Fits<Revision, Whole<Schemas['Revision']>>,
  Fits<Omit<DraftRevision, 'content'>, Whole<Schemas['Draft']>>,
  Fits<Problem, Whole<Schemas['Fault']>>,
  Fits<Omit<Change, 'lang'>, Whole<Schemas['ChangedReply']>>,
  Fits<Omit<Candidate, 'questions'>, Whole<Schemas['Candidate']>>,
  Fits<Omit<Question, 'lang'>, Whole<Schemas['AskedBefore']>>,
  Fits<Omit<Group, 'lang' | 'nearest'>, Whole<Schemas['InboxGroup']>>,
  Fits<Message, Whole<Schemas['GroupMessage']>>,
  Fits<Omit<ConversationSummary, 'lang'>, Whole<Schemas['ConversationSummary']>>,
  Fits<Omit<Explanation, 'evidence' | 'candidates'>, Whole<Schemas['Explained']>>,
  Fits<Omit<Evidence, 'clue'>, Whole<Schemas['Evidence']>>,
  Fits<Omit<Ranked, 'kind'>, Whole<Schemas['Ranked']>>,
  Fits<Feature, Whole<Schemas['Feature']>>,
];
