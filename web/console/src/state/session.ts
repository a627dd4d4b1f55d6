/** Who is signed in, and what they may do. */
import { api, onSignedOut } from '../api/client';
import { events } from '../api/events';
import { ApiProblem } from '../api/problem';
import type { Role, Session, User } from '../api/types';
import { locale } from './locale';

export const ROLES: readonly Role[] = ['viewer', 'editor', 'reviewer', 'administrator'];

/** Whether `has` may do what needs `needs`. */
export const isEnough = (has: Role, needs: Role): boolean => ROLES.indexOf(has) >= ROLES.indexOf(needs);

export type Phase = 'starting' | 'unreachable' | 'setup' | 'signed-out' | 'signed-in';

class SessionState extends EventTarget {
  phase: Phase = 'starting';
  user: User | null = null;
  /** Whether the session ended under an open page: the sign-in stands over it. */
  lapsed = false;
  #waiting: (() => void)[] = [];

  /** Whether the person may do what needs `role`. */
  can(role: Role): boolean {
    return this.user !== null && isEnough(this.user.role, role);
  }

  /** Asks the server who is there; to be called once, and again after it could not be reached. */
  async start(): Promise<void> {
    this.#phase('starting');
    try {
      this.signedIn((await api.get<Session>('/session')).data.user);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) {
        this.#phase('unreachable');
        return;
      }
      const needed = await api
        .get<{ needed: boolean }>('/setup')
        .then(({ data }) => data.needed)
        .catch(() => false);
      this.#phase(needed ? 'setup' : 'signed-out');
    }
  }

  /** Takes `user` as the one who works here, and lets waiting calls go on; `isNew`: never here before. */
  signedIn(user: User, { isNew = user.must_change_password ?? false }: { isNew?: boolean } = {}): void {
    if (this.user && this.user.id !== user.id) {
      // The page below belongs to someone else.
      location.reload();
      return;
    }
    this.user = user;
    this.lapsed = false;
    if (isNew && !user.must_change_password) this.#keepChoice();
    else if (!isNew) locale.set({ ...(user.locale && { locale: user.locale }), ...(user.theme && { theme: user.theme }) });
    for (const resume of this.#waiting.splice(0)) resume();
    if (!user.must_change_password) events.start();
    this.#phase('signed-in');
  }

  /** Changes what is known of the person. */
  update(user: User): void {
    const isIn = (this.user?.must_change_password ?? false) && !user.must_change_password;
    this.user = user;
    if (isIn) {
      events.start();
      this.#keepChoice();
    }
    this.dispatchEvent(new Event('change'));
  }

  /** Opens the sign-in over the page; resolves once the same person is back. */
  regain(): Promise<void> {
    this.lapsed = true;
    this.dispatchEvent(new Event('change'));
    return new Promise((resume) => this.#waiting.push(resume));
  }

  async signOut(): Promise<void> {
    await api.send('DELETE', '/session');
    events.stop();
    this.user = null;
    this.#phase('signed-out');
  }

  /** Someone new has chosen a language before the server knew them. */
  #keepChoice(): void {
    api
      .send<User>('PATCH', '/me', { locale: locale.locale, theme: locale.theme })
      .then(({ data }) => this.update(data))
      .catch(() => undefined);
  }

  #phase(phase: Phase): void {
    this.phase = phase;
    this.dispatchEvent(new Event('change'));
  }
}

export const session = new SessionState();
onSignedOut(() => session.regain());
